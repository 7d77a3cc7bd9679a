"""The sample office of the demo: its invented cases and the people who handle them."""
