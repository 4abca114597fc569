"""Hallazgos sobre la distribución: copias sin retirar, conocimientos que no constan y avisos sin dar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sgc_gt.dominio.alcance import Alcance
from sgc_gt.dominio.etiquetas import SOPORTES_COPIA
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla


def sin_retirar(h: Hechos) -> Iterator[Senal]:
    """Las copias controladas de versiones que ya no rigen y que alguien todavía tiene."""
    for a in h.alcances:
        for p in a.por_retirar:
            dias = contar((h.fecha - p.desde).days, "día", "días")
            yield Senal(
                f"la copia N° {p.copia.numero} ({SOPORTES_COPIA[p.copia.soporte]}) de {a.codigo} versión "
                f"{p.copia.version} sigue en poder de {h.cargo(p.copia.cargo)}: dejó de regir el "
                f"{imprimir_fecha(p.desde)}, hace {dias}",
                a.codigo,
                p.copia.version,
                p.copia.n,
                p.copia.entrega,
                p.copia.cargo,
                f"retírela y anótelo: sgc-gt retirar-copia {a.codigo} --copia {p.copia.numero}",
            )


def sin_constancia(h: Hechos) -> Visto:
    """N-20: nadie definió a quién llega, no consta que lo conozcan en plazo, o una copia salió sin recibo."""
    rigen = [a for a in h.alcances if a.version]
    senales = [senal for a in rigen for senal in _sin_constancia(h, a)]
    mirado = contar(len(rigen), "versión vigente", "versiones vigentes")
    conocen, deben = sum(a.conocen for a in rigen), sum(len(a.destinatarios) for a in rigen)
    nota = f"conocimientos: {conocen} de {deben}" if deben else ""
    return halla(senales, mirado, nota, habia=rigen)


def _sin_constancia(h: Hechos, a: Alcance) -> Iterator[Senal]:
    if not a.definida:
        yield Senal(
            f"{a.codigo} versión {a.version} rige y nadie ha definido quiénes deben conocerla",
            a.codigo,
            a.version,
            hacer=f"defina sus destinatarios: sgc-gt distribuir {a.codigo} --a CARGO",
        )
    tarde = a.atrasados(h.fecha)
    if tarde:
        quienes = enumerar(_region_o_cargo(h, x.region, x.cargo) for x in tarde)
        dias = contar(tarde[0].atraso(h.fecha), "día", "días")
        yield Senal(
            f"de {a.codigo} versión {a.version} no consta el conocimiento de {len(tarde)} de "
            f"{contar(len(a.destinatarios), 'destinatario', 'destinatarios')} ({quienes}); el más atrasado, "
            f"hace {dias}",
            a.codigo,
            a.version,
            fecha=a.desde,
        )
    conocen = {c.cargo for c in a.conocimientos}
    sin_recibo = [
        c for c in a.copias if c.version == a.version and not (c.acuse or c.retiro or c.cargo in conocen)
    ]
    if sin_recibo:
        cuales = enumerar(f"N° {c.numero}" for c in sin_recibo)
        yield Senal(
            f"de {a.codigo} versión {a.version} hay copias controladas entregadas sin recibo: {cuales}",
            a.codigo,
            a.version,
            sin_recibo[0].n,
            sin_recibo[0].entrega,
        )


def _region_o_cargo(h: Hechos, region: str, cargo: str) -> str:
    return nombre_de(region) if region else h.cargo(cargo)


def sin_comunicar(h: Hechos) -> Visto:
    """N-21: se puso en vigencia, pasó el plazo, y no consta que se avisara ni que alguien la conozca.

    De la que nadie dijo a quién llega habla N-20: aquí no se repite.
    """
    emitidas = {r.codigo for r in h.rigen if r.v.emision and r.v.emision.acto == "emitir"}
    nuevas = [a for a in h.alcances if a.codigo in emitidas and a.desde and a.definida]
    plazo = timedelta(days=h.servicio.plazo_conocimiento)
    senales = [
        Senal(
            f"{a.codigo} versión {a.version} rige desde el {imprimir_fecha(a.desde)} y no consta que se "
            "avisara a nadie ni que alguien la conozca",
            a.codigo,
            a.version,
            fecha=a.desde,
        )
        for a in nuevas
        if a.desde and a.desde + plazo < h.fecha and not (a.conocimientos or _avisada(a))
    ]
    mirado = contar(len(nuevas), "versión puesta en vigencia", "versiones puestas en vigencia")
    return halla(senales, mirado, habia=nuevas)


def _avisada(a: Alcance) -> bool:
    """Si consta que la versión se entregó a alguien."""
    return any(x.entrega for x in a.destinatarios) or any(c.version == a.version for c in a.copias)
