"""The words everybody uses: articles, sources, fetched pages, errors. Imports nothing of ours."""
