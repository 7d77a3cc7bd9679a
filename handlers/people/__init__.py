"""Who is who: accounts, stand-ins, who a finding goes to."""
