"""Toda orden escrita en el README y en los manuales existe, con esas opciones."""

from __future__ import annotations

import click
import pytest
from lectura_docs import RAIZ, argumentos, exigir_que_se_lea, manuales, ordenes

ESCRITAS = [
    pytest.param(orden, id=f"{pagina.relative_to(RAIZ).as_posix()}-{n}")
    for pagina in manuales()
    for n, orden in enumerate(ordenes(pagina.read_text("utf-8")))
]


@pytest.mark.parametrize("orden", ESCRITAS)
def test_la_orden_existe_con_esas_opciones(orden: str) -> None:
    exigir_que_se_lea(argumentos(orden))


def test_los_manuales_traen_ordenes() -> None:
    vacias = [p.name for p in manuales() if not ordenes(p.read_text("utf-8"))]

    assert vacias in ([], ["responsable-de-proceso.md"]), (
        "quien escribe en Word no escribe órdenes; los demás sí"
    )


@pytest.mark.parametrize(
    "orden", ["sgc-gt emitir", "sgc-gt estado --fehca 2026-01-01", "sgc-gt --repo x estado --nada"]
)
def test_una_orden_mal_escrita_se_nota(orden: str) -> None:
    with pytest.raises(click.UsageError):
        exigir_que_se_lea(argumentos(orden))
