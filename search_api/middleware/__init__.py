"""What every request and answer passes, whatever the route (ASGI middleware): security headers,
compression, answers to who asks again, the language of the page, counts for `/metrics`.

Who is let in is `search_api.access`.
"""
