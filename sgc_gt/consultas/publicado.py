"""Lo que el punto de uso debe mostrar en una fecha: lo que rige, sus listas, lo que cambió y los códigos."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.listas import Lista, listas
from sgc_gt.contexto import Vista
from sgc_gt.dominio.punto_de_uso import (
    Cambio,
    Documento,
    Emitida,
    Retirado,
    cambios,
    documento,
    emitidas,
    retirado,
)
from sgc_gt.dominio.situacion import situacion


class Publicado(NamedTuple):
    """Todo lo que la página dice, como valor: ningún borrador, nada antes de su fecha."""

    servicio: str
    ministerio: str
    sigla: str
    leyenda: str
    corte: date
    ancla: str
    documentos: tuple[Documento, ...]
    retirados: tuple[Retirado, ...]
    emitidas: tuple[Emitida, ...]
    cambios: tuple[Cambio, ...]
    listas: tuple[Lista, ...]


def publicado(vista: Vista, corte: date) -> Publicado:
    """Lo que rige en la fecha, calculado de los movimientos: vale aunque `regir` no se haya anotado."""
    s = vista.servicio
    fichas = sorted(vista.fichas(), key=lambda f: f.codigo)
    situaciones = [situacion(f, corte) for f in fichas]
    recientes = sorted((c for x in situaciones for c in cambios(x, corte)), key=lambda c: c.codigo)
    return Publicado(
        servicio=s.nombre,
        ministerio=s.ministerio,
        sigla=s.sigla,
        leyenda=s.leyenda,
        corte=corte,
        ancla=ancla_de(vista),
        documentos=tuple(
            d for f, x in zip(fichas, situaciones, strict=True) if (d := documento(s, f, x, corte))
        ),
        retirados=tuple(r for x in situaciones if (r := retirado(x))),
        emitidas=tuple(e for x in situaciones for e in emitidas(x)),
        cambios=tuple(sorted(recientes, key=lambda c: c.fecha, reverse=True)),
        listas=listas(vista, corte),
    )
