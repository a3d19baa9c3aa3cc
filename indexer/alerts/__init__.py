"""Watches, what they matched, and the messages that report it.

- watches: `watches` (all of them), `stored_watches` (those in the database)
- the stage match: `matching`, with `looking` (before anything is locked), `past_stories`,
  `stories` (what is told once), `reasons` and `marks` (what readers say)
- the stage deliver: `posting` puts matches into the `outbox`, `delivery` sends them by their
  `cadence`, in `envelopes`, and records its `attempts`; a `message` has `entries` and a key
  (`message_keys`); one without any: `notices`
- what became of messages: `channel_health`, `dead_letters`, `findings`
- what outlives a restore: `sent_ledger`, `told`, and `subscription_ledger` with `subscriptions`
  (who took himself off); both ledgers are a `ledger_file`
- without sending: `account` (why a page matches), `backtest`, `effect`
"""
