"""Los hallazgos como alertas del chequeo: las mismas tres partes (evidencia, requisito y enunciado)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sgc_gt.dominio.alertas import CORREGIR, ESTADO, NORMA, PROCEDIMIENTO, SUGERENCIA, Alerta
from sgc_gt.reglas.hallazgos.evaluar import en_uso, resolver
from sgc_gt.reglas.hallazgos.hechos import JEFATURAS, Hechos
from sgc_gt.reglas.hallazgos.tabla import TIPICOS
from sgc_gt.reglas.hallazgos.valores import BAJA, Tipico

LUGAR = "datos y estado"


def a_alertas(h: Hechos, tipicos: Iterable[Tipico] = TIPICOS) -> Iterator[tuple[str, Alerta]]:
    """Una por evidencia, con el cargo que la corrige. Ninguna impide enviar: eso es del propio documento."""
    for t in en_uso(h, tipicos):
        visto = t.revisar(h)
        r = resolver(h, t, visto)
        for s, cruda in zip(r.evidencia, visto.senales, strict=True):
            yield (
                _quien(h, cruda.quien or t.quien),
                Alerta(
                    regla=r.id,
                    gravedad=SUGERENCIA if r.gravedad == BAJA else CORREGIR,
                    fuente=NORMA if r.clausula_2015 else PROCEDIMIENTO,
                    documento=s.documento,
                    lugar=", ".join(
                        filter(None, (LUGAR, f"movimiento {s.movimiento}" if s.movimiento else ""))
                    ),
                    evidencia=s.evidencia,
                    requisito="; ".join(filter(None, (r.clausula, r.requisito))),
                    enunciado=r.enunciado,
                    sugerencia=s.hacer,
                    ambito=ESTADO,
                ),
            )


def _quien(h: Hechos, clave: str) -> str:
    """El cargo que corrige; un rol que tiene uno solo, por ese cargo."""
    cargos = h.servicio.con_rol(JEFATURAS.get(clave, clave))
    return cargos[0] if len(cargos) == 1 else clave
