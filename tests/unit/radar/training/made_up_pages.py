"""Made-up labelled pages, a tiny set on hosts of their own: half with an event, half without."""

from __future__ import annotations

from pathlib import Path

import yaml

_BODIES = ("Verband der Erze", "Kammer für Bergbau", "Institut für Metalle", "Bund der Gruben")
_TOWNS = ("Jena", "Bonn", "Halle", "Kassel", "Ulm", "Fulda")


def write_pages(folder: Path, hosts: int = 12) -> None:
    """A file of marked pages, two for each host."""
    pages = []
    for number in range(hosts):
        body, town = _BODIES[number % len(_BODIES)], _TOWNS[number % len(_TOWNS)]
        name = f"{number + 2}. Erzforum"
        url = f"https://host{number}.example"
        told = (
            f"{town}, 3. Mai 2031. Das <e 1>{name}</e> hat am 2. Mai 2031 in {town} stattgefunden."
            f" Veranstalter war der <o organiser 1>{body}</o>. <p 1>Anna Weber</p>, Leiterin der"
            " <o employer @Anna Weber>Metall GmbH</o>, sprach über Kupfer. Zum <e 1>Forum</e> kam"
            " auch die <o participant 1>Erz AG</o>."
        )
        plain = (
            f"{town}, 3. Mai 2031. Der Preis von Kupfer ist gestiegen, wie der <o none>{body}</o>"
            " mitteilt. Eine <e ->Sitzung</e> braucht es dazu nicht, sagte <p ->Anna Weber</p>."
        )
        event = {"name": name, "role": "main", "start": "2031-05-02", "city": town, "country": "DE"}
        common = {"lang": "de", "published": "2031-05-03"}
        pages += [
            {"id": f"{number}a", "url": f"{url}/a", "title": name, "text": told, **common}
            | {"events": [event]},
            {"id": f"{number}b", "url": f"{url}/b", "title": "Preise", "text": plain, **common},
        ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pages.yaml").write_text(yaml.safe_dump(pages, allow_unicode=True), "utf-8")
