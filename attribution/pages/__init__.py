"""The Streamlit pages: layout only, the analysis lies in the package."""
