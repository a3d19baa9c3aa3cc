"""Who held an event and who took part: bodies, persons, their job titles and affiliations."""
