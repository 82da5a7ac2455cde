"""Who gets the next query worker, and what the service counts of itself."""

import asyncio
import threading
import time
from types import SimpleNamespace

import pytest

import api.partage
from api.mesures import Mesures
from api.partage import FILE_CLIENT, Partage, PartDepasseeError, _Client, client_of
from graph.errors import OuvriersOccupesError
from graph.sparql.arret import Arret, RequeteAbandonneeError


class Horloge:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class TestShare:
    def test_what_is_spent_is_forgotten_little_by_little(self) -> None:
        horloge = Horloge()
        partage = Partage(2, part=30, horloge=horloge)

        def spend(_: object) -> None:
            horloge.now += 12

        async def run() -> None:
            for _ in range(3):  # 12, 18 and 24 seconds left in the account, then 30 passed
                await partage.run("a", spend)
            assert await partage.run("a", lambda _: 1) == 1
            await partage.run("a", spend)
            with pytest.raises(PartDepasseeError) as refus:
                for _ in range(3):
                    await partage.run("a", spend)
            assert await partage.run("b", lambda _: 2) == 2
            horloge.now += refus.value.patienter
            assert await partage.run("a", lambda _: 3) == 3
            assert partage.refus == 1

        asyncio.run(run())

    def test_clients_in_turn(self) -> None:
        order: list[str] = []

        async def run() -> None:
            partage = Partage(1, part=3600)
            gate = threading.Event()
            first = asyncio.create_task(partage.run("a", lambda _: gate.wait()))
            await asyncio.sleep(0.05)
            waiting = [
                asyncio.create_task(partage.run(nom, lambda _, nom=nom: order.append(nom)))
                for nom in ("a", "a", "a", "b", "c", "b")
            ]
            await asyncio.sleep(0.05)
            assert partage.en_attente == 6
            gate.set()
            await asyncio.gather(first, *waiting)
            assert partage.en_attente == 0

        asyncio.run(run())
        assert sorted(order[:3]) == ["a", "b", "c"]
        assert sorted(order) == ["a", "a", "a", "b", "b", "c"]

    def test_only_those_who_wait_are_looked_at_however_many_clients_are_remembered(self) -> None:
        looked_at: list[str] = []

        class Observed(Partage):
            def _may_run(self, client: _Client) -> bool:
                looked_at.append(client.nom)
                return super()._may_run(client)

        async def run() -> None:
            partage = Observed(2, part=3600)
            for rang in range(50):
                await partage.run(f"passé-{rang}", lambda _: None)
            looked_at.clear()
            await partage.run("nouveau", lambda _: None)

        asyncio.run(run())
        assert set(looked_at) == {"nouveau"}

    def test_one_place_is_kept_for_the_others(self) -> None:
        async def run() -> None:
            partage = Partage(2, part=3600)
            gate = threading.Event()
            flood = [asyncio.create_task(partage.run("a", lambda _: gate.wait())) for _ in range(4)]
            await asyncio.sleep(0.05)
            begun = time.perf_counter()
            assert await partage.run("b", lambda _: 1) == 1
            assert time.perf_counter() - begun < 0.5
            gate.set()
            await asyncio.gather(*flood)

        asyncio.run(run())

    def test_who_holds_everything_gives_one_back(self) -> None:
        async def run() -> None:
            partage = Partage(2, part=3600)
            await partage.run("a", lambda _: None)
            latest: list[Arret] = []

            def work(arret: Arret) -> None:
                latest.append(arret)
                while not arret.demande:
                    time.sleep(0.01)
                raise RequeteAbandonneeError

            flood = []
            for rang in range(1, 3):
                flood.append(asyncio.create_task(partage.run("a", work)))
                while len(latest) < rang:
                    await asyncio.sleep(0.01)
            assert await partage.run("b", lambda _: 1) == 1
            done, _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
            assert [type(task.exception()) for task in done] == [OuvriersOccupesError]
            assert [arret.demande for arret in latest] == [False, True]
            latest[0].stop()  # somebody left: another thing than giving back
            (other,) = set(flood) - done
            with pytest.raises(RequeteAbandonneeError):
                await other
            assert await partage.run("a", lambda _: 2) == 2

        asyncio.run(run())

    def test_a_quick_client_may_have_every_place(self) -> None:
        async def run() -> None:
            partage = Partage(2, part=3600)
            await partage.run("a", lambda _: None)
            both = threading.Barrier(2, timeout=5)
            await asyncio.gather(*(partage.run("a", lambda _: both.wait()) for _ in range(2)))

        asyncio.run(run())

    def test_too_many_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(api.partage, "ATTENTE", 0.1)

        async def run() -> None:
            partage = Partage(1, part=3600)
            gate = threading.Event()
            running = asyncio.create_task(partage.run("a", lambda _: gate.wait()))
            await asyncio.sleep(0.02)
            waiting = [
                asyncio.create_task(partage.run("a", lambda _: gate.wait())) for _ in range(FILE_CLIENT)
            ]
            await asyncio.sleep(0.02)
            with pytest.raises(PartDepasseeError):
                await partage.run("a", lambda _: gate.wait())
            with pytest.raises(OuvriersOccupesError):
                await partage.run("b", lambda _: gate.wait())
            assert {type(e) for e in await asyncio.gather(*waiting, return_exceptions=True)} == {
                OuvriersOccupesError
            }
            assert partage.en_attente == 0
            running_left = asyncio.create_task(partage.run("c", lambda _: "c"))
            await asyncio.sleep(0)
            running_left.cancel()
            gate.set()
            await running
            assert await partage.run("b", lambda _: 1) == 1

        asyncio.run(run())

    def test_work_that_fails_gives_its_place_back(self) -> None:
        async def run() -> None:
            partage = Partage(1, part=3600)
            for _ in range(3):
                with pytest.raises(ZeroDivisionError):
                    await partage.run("a", lambda _: 1 // 0)
            assert await partage.run("a", lambda _: 1) == 1

        asyncio.run(run())

    @pytest.mark.parametrize(
        ("hote", "client"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("testclient", "testclient"),
        ],
    )
    def test_who_is_a_client(self, hote: str, client: str) -> None:
        assert client_of(SimpleNamespace(client=SimpleNamespace(host=hote))) == client


def test_what_is_counted() -> None:
    mesures = Mesures()
    for path, statut, secondes in (
        ("/sparql", 200, 0.003),
        ("/sparql", 503, 10.5),
        ("/api/orientation", 200, 0.1),
        ("/acteurs/x", 404, 0.0),
    ):
        mesures.count(path, statut, secondes)
    texte = mesures.write({"sparql_workers_busy": 1.0}, "2026")
    said = dict(line.rsplit(" ", 1) for line in texte.splitlines() if not line.startswith("#"))
    assert said['maillage_responses_total{group="sparql",status="503"}'] == "1"
    assert said['maillage_response_seconds_bucket{group="sparql",le="0.005"}'] == "1"
    assert said['maillage_response_seconds_bucket{group="sparql",le="10"}'] == "1"
    assert said['maillage_response_seconds_bucket{group="sparql",le="+Inf"}'] == "2"
    assert said['maillage_response_seconds_bucket{group="api",le="0.1"}'] == "1"
    assert said['maillage_response_seconds_count{group="pages"}'] == "1"
    assert said["maillage_sparql_workers_busy"] == "1"
    assert said['maillage_edition_info{edition="2026"}'] == "1"
