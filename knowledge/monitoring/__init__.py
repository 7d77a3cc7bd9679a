"""Looking at cases by hand, campaigns and focus areas, as data an office may replace."""
