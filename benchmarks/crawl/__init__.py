"""From addresses to records: whole crawls, beside other programs.

`pipeline` is `radar run` from the first request to the last alert, `crawl` fetching and reading
articles alone (`article_only` starts our side of it: `article_job` with the reader in
`article_reader`). Both crawl made-up sites: `article_pages` makes their pages of the sentences in
`article_words`, `web_server` serves them. `real_input` takes real pages through the whole program.
"""
