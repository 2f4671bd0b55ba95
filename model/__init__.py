"""The words everybody uses: articles, their bodies, sources and errors. Imports nothing of ours."""
