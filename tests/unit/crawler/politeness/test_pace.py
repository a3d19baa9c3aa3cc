from __future__ import annotations

import asyncio

from crawler.politeness.pace import Pace


def test_pace_lets_one_through_and_pauses() -> None:
    async def scenario() -> tuple[int, list[float]]:
        pace, inside, most, spans = Pace(0.05), 0, 0, list[float]()
        loop = asyncio.get_running_loop()

        async def request() -> None:
            nonlocal inside, most
            async with pace.turn():
                inside += 1
                most = max(most, inside)
                spans.append(loop.time())
                await asyncio.sleep(0.01)
                spans.append(loop.time())
                inside -= 1

        await asyncio.gather(*(request() for _ in range(4)))
        return most, [spans[i + 1] - spans[i] for i in range(1, 7, 2)]

    most, pauses = asyncio.run(scenario())
    assert most == 1
    assert min(pauses) >= 0.05


def test_the_slowest_delay_counts() -> None:
    pace = Pace(1.0)
    pace.raise_delay(0.5)
    assert pace.delay == 1.0
    pace.raise_delay(3.0)
    assert pace.delay == 3.0
