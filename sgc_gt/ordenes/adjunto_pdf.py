"""Los PDF que respaldan un movimiento: se comprueban sus firmas y, si son copia del documento, su texto.

Una firma rota no respalda nada: se niega. Un texto que no es el que se aprueba también, salvo que se diga por
qué (`--motivo`), y entonces la diferencia queda anotada. Lo demás (un papel escaneado, un acta, un equipo sin
con qué comprobar) se anota tal como es.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.pdf_firmado import (
    DISTINTO,
    IGUAL,
    ILEGIBLE,
    NOTA,
    SIN_MIRAR,
    Cotejo,
    Leido,
    nota,
)
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import dice_algo
from sgc_gt.errores import EntradaInvalida, Problema
from sgc_gt.ordenes.firma import cara_final

_SE_COTEJAN = frozenset({"revisar", "aprobar"})
"""Actos sobre un texto: el PDF con que se hacen debe ser ese texto."""


def con_pdf(vista: Vista, ficha: Ficha, v: Version | None, p: Pedido, evidencias: dict[str, bytes]) -> Pedido:
    """El pedido con lo comprobado de cada PDF. EntradaInvalida si una firma está rota o el texto es otro."""
    pdf = [e for e in p.evidencia if e.archivo.endswith(".pdf") and e.archivo in evidencias]
    if not pdf:
        return p
    # Aquí, y no arriba: leer PDF es de quien los adjunta.
    from sgc_gt.word.pdf_firmado import leer_pdf  # noqa: PLC0415

    notas = []
    for e in pdf:
        leido = leer_pdf(evidencias[e.archivo])
        _exigir_integras(leido, e.archivo)
        de_texto = v is not None and p.acto in _SE_COTEJAN and e.clase == "pdf_firmado"
        cotejo = _cotejo(vista, ficha, v, leido) if v and de_texto else Cotejo(SIN_MIRAR)
        if leido.firmas != () or e.clase == "pdf_firmado":  # un oficio escaneado no dice nada de sí
            notas.append((e.archivo, leido, cotejo))
    _exigir_texto(p, [(archivo, cotejo) for archivo, _, cotejo in notas])
    return p._replace(extra={**p.extra, NOTA: [nota(*n) for n in notas]}) if notas else p


def _exigir_integras(leido: Leido, archivo: str) -> None:
    rotas = [f for f in leido.firmas or () if f.rota]
    if rotas:
        raise EntradaInvalida(
            "el PDF cambió después de firmado: la firma de "
            f"{' y la de '.join(f.quien for f in rotas)} no es de lo que el archivo dice ahora",
            lugar=archivo,
            esperado="el archivo tal como salió de la firma",
            hacer="pida el original a quien firmó; abrirlo y guardarlo en otro programa rompe la firma",
        )


def _cotejo(vista: Vista, ficha: Ficha, v: Version, leido: Leido) -> Cotejo:
    """El texto del PDF frente al documento con su cara final, que es la que se dio a firmar."""
    from sgc_gt.comparacion.cotejo import cotejar  # noqa: PLC0415
    from sgc_gt.word.extraer import forma_normal  # noqa: PLC0415
    from sgc_gt.word.pdf_firmado import pagina_de  # noqa: PLC0415

    if leido.problema:
        return Cotejo(ILEGIBLE)
    borrador = vista.leer(rutas.ruta_borrador(ficha, v.archivo))
    if not v.archivo.endswith(".docx") or borrador is None:
        return Cotejo(SIN_MIRAR)
    return cotejar(
        forma_normal(borrador, v.archivo),
        leido.renglones,
        pagina_de(cara_final(vista, ficha, v), v.archivo),
    )


def _exigir_texto(p: Pedido, cotejos: Sequence[tuple[str, Cotejo]]) -> None:
    """Alguno es el documento; si el que lo parece dice otra cosa, hay que decir por qué se acepta."""
    distintos = [(archivo, c) for archivo, c in cotejos if c.estado == DISTINTO]
    if not distintos or dice_algo(p.motivo) or any(c.estado == IGUAL for _, c in cotejos):
        return
    raise EntradaInvalida(
        "el PDF firmado no dice lo mismo que el documento",
        lugar=p.codigo,
        esperado="el PDF que dejó preparar-firma para esta misma versión, firmado",
        hacer="firme otra vez el PDF de: sgc-gt preparar-firma; si la diferencia no importa, diga por qué "
        "con --motivo y quedará anotada",
        problemas=[x for archivo, c in distintos for x in _problemas(archivo, c)],
    )


def _problemas(archivo: str, cotejo: Cotejo) -> Iterator[Problema]:
    for verbo, trozos in (("le falta", cotejo.faltan), ("agrega", cotejo.sobran)):
        yield from (Problema(f"{verbo} «{t}»", archivo) for t in trozos[:10])
