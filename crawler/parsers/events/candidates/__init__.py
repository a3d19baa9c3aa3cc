"""What on a page may be an event: found, scored, and put together where two are one."""
