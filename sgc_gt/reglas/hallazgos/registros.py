"""Hallazgos sobre los registros: identificación, integridad, recuperación, retención y disposición."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.dominio.actos import RETIRADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.registros import EN_PALABRAS
from sgc_gt.dominio.retencion import leer_plazo
from sgc_gt.dominio.vida import ELIMINACION, conserva_siempre, destino_de
from sgc_gt.reglas.hallazgos.hechos import Guardado, Hechos
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla, impide, ni, no_se_sabe

_SIN_RETENCION = ("retencion", "disposicion")
_POCAS = 3
"""Con menos series, que todas sean permanentes no dice nada."""


def formulario_anterior(h: Hechos) -> Visto:
    """N-11: el registro está en una versión del formulario que ese día ya no regía."""
    registros = [g for g in h.guardados if g.registro]
    conocidos = [g for g in registros if g.formulario]
    hechos_aqui = [r for r in h.archivados if r.ficha.actos[0].acto == "crear"]
    senales = [s for g in conocidos if (s := _en_anterior(h, g))]
    callan = len(registros) - len(conocidos)
    guarda = "generar: lo que se llena aquí usa la plantilla vigente ese día"
    mirado = contar(len(registros) + len(hechos_aqui), "registro", "registros")
    if callan:
        cuantos = contar(callan, "registro no lo dice", "registros no lo dicen")
        falta = (
            f"en qué formulario y versión se llenó lo archivado: {cuantos} (lo dice solo un Word del sistema)"
        )
        return no_se_sabe(falta, senales, mirado)
    return impide(senales, guarda, len(hechos_aqui), mirado)


def _en_anterior(h: Hechos, g: Guardado) -> Senal | None:
    s = h.situaciones.get(g.formulario)
    v = s.de(g.version) if s else None
    if v is None or v.hasta is None or g.fecha < v.hasta:
        return None
    return g.senal(
        f"{g.documento}, del {imprimir_fecha(g.fecha)}, está en {g.formulario} versión {g.version}, "
        f"que dejó de regir el {imprimir_fecha(v.hasta)}"
    )


def sin_identificacion(h: Hechos) -> Visto:
    """N-12: un registro sin título, fecha o quien lo archivó no entra."""
    senales = [
        r.senal(f"{r.codigo} no dice {ni(faltan)}", r.ficha.actos[0])
        for r in h.archivados
        if (faltan := _sin_decir(r.v.titulo, r.ficha.actos[0].correo))
    ]
    guarda = "archivar registro: exige serie, período, título y fecha, y anota a quien lo hace"
    cuantos = len(h.archivados)
    return impide(senales, guarda, cuantos, contar(cuantos, "registro archivado", "registros archivados"))


def _sin_decir(titulo: str, correo: str) -> list[str]:
    return [nombre for nombre, valor in (("su título", titulo), ("quién lo archivó", correo)) if not valor]


def corregido_encima(h: Hechos) -> Visto:
    """N-13: un registro archivado no cambia: sus bytes son los del día en que se archivó."""
    senales = [
        g.senal(
            f"{g.nombre}, de {g.documento}: ya no es el archivo del {imprimir_fecha(g.fecha)}",
            "recupérelo del respaldo de la carpeta",
        )
        for g in h.guardados
        if g.registro and g.causa == "alterado"
    ]
    guarda = "la historia: un movimiento no se edita y un archivo guardado no se reemplaza"
    cuantos = len(h.archivados)
    nota = "los espacios en blanco de un formulario llenado a mano los mira una persona"
    return impide(
        senales, guarda, cuantos, contar(cuantos, "registro archivado", "registros archivados"), nota
    )


def no_se_encuentra(h: Hechos) -> Visto:
    """N-14: el archivo que el registro dice tener no está o no se puede abrir."""
    cumplidos = _cumplidos(h)
    propios = [g for g in h.guardados if g.registro]
    frases = {"falta": "no está en su carpeta", "ilegible": "no se puede abrir"}
    senales = [
        g.senal(f"{g.nombre}, de {g.documento}: {frases[g.causa]}", "recupérelo del respaldo de la carpeta")
        for g in propios
        if g.causa in frases and not (g.causa == "falta" and g.documento in cumplidos)
    ]
    afuera = [r for r in h.archivados if r.ficha.actos[0].acto == "registrar" and not r.v.archivo]
    nota = (
        f"viven en otro lugar y se recuperan allá: {enumerar(r.codigo for r in afuera)}; " if afuera else ""
    ) + "para cronometrar una muestra al azar: sgc-gt auditar --muestra 10"
    mirado = contar(len(propios), "archivo de registro", "archivos de registro")
    return halla(senales, mirado, nota, habia=propios)


def _cumplidos(h: Hechos) -> frozenset[str]:
    """Los registros, de cualquier período, que ya cumplieron su retención."""
    return frozenset(i.codigo for fila in h.registros for i in fila.vencidos)


def retencion_sin_definir(h: Hechos) -> Visto:
    """N-15: series y registros pedidos sin retención o disposición; o todo «permanente»."""
    series = h.servicio.series
    senales = [
        Senal(f"{s.codigo}, «{s.nombre}», no dice {ni(faltan)}", s.codigo, quien=s.responsable)
        for s in series.values()
        if (faltan := _faltan(s.retencion_anios, s.disposicion))
    ]
    senales += _pedidos_sin(h)
    senales += _elimina_lo_que_no_puede(h)
    plazos = [leer_plazo(f.retencion) for f in h.registros if f.retencion]
    if len(plazos) >= _POCAS and all(p.permanente for p in plazos):
        senales.append(
            Senal(f"los {len(plazos)} registros que se piden dicen guardarse para siempre: nadie decidió")
        )
    sin_base = [s.codigo for s in series.values() if not s.base_legal]
    nota = f"sin base legal anotada: {enumerar(sin_base)}" if sin_base else ""
    return halla(
        senales, contar(len(series), "serie de registros", "series de registros"), nota, habia=series
    )


def _elimina_lo_que_no_puede(h: Hechos) -> Iterator[Senal]:
    """Las series que anuncian eliminar y cuyos registros siguen siempre un circuito (decisión 0029)."""
    por_serie = {t.serie: t for t in h.servicio.tipos.values() if t.clase == "registro"}
    for s in h.servicio.series.values():
        tipo = por_serie.get(s.codigo)
        elimina = destino_de(s) == ELIMINACION and not conserva_siempre(s)
        if tipo and not tipo.archivo_directo and elimina:
            yield Senal(
                f"{s.codigo}, «{s.nombre}», dice «{s.disposicion}», y sus registros siguen un circuito: "
                "su texto es parte de la historia, que no se elimina",
                s.codigo,
                quien=s.responsable,
                hacer="diga en el catálogo que se transfiere o se conserva, y configure el servicio",
            )


def _faltan(anios: int | None, disposicion: str) -> list[str]:
    valores = (("su tiempo de retención", anios is not None), ("su disposición final", bool(disposicion)))
    return [nombre for nombre, esta in valores if not esta]


def _pedidos_sin(h: Hechos) -> Iterator[Senal]:
    """Lo que un procedimiento pide y nadie dice cuánto se guarda; y dos plazos distintos para lo mismo."""
    for f in h.registros:
        faltan = [EN_PALABRAS[a] for a in f.sin_definir if a in _SIN_RETENCION]
        if faltan and f.pedido and f.codigo not in h.servicio.series:
            yield Senal(
                f"{f.procedimiento} pide «{f.nombre or f.codigo}» y nadie dice su {ni(faltan)}",
                f.procedimiento,
                quien=f.responsable,
            )
        if "retencion" in f.catalogo_difiere:
            texto = f"{f.procedimiento} dice {f.retencion} para {f.codigo} y el catálogo de series, otra cosa"
            yield Senal(texto, f.procedimiento)


def eliminado_sin_acta(h: Hechos) -> Visto:
    """N-16: solo una disposición autorizada elimina; lo demás que no está, nadie lo explica."""
    cumplidos = _cumplidos(h)
    senales = [
        g.senal(f"{g.nombre}, de {g.documento}, cumplió su retención y no está: no hay acta que lo explique")
        for g in h.guardados
        if g.registro and g.causa == "falta" and g.documento in cumplidos
    ]
    vencen = f"con la retención cumplida, por disponer: {enumerar(sorted(cumplidos))}" if cumplidos else ""
    dispuestos = [r.codigo for r in _con_acta(h)]
    vencen += ("; " if vencen and dispuestos else "") + (
        f"dispuestos con su acto y su acta o recibo: {enumerar(dispuestos)}" if dispuestos else ""
    )
    guarda = "disponer: exige retención cumplida, acto que autoriza y acta o recibo; nada se borra solo"
    cuantos = len(h.archivados)
    return impide(
        senales, guarda, cuantos, contar(cuantos, "registro archivado", "registros archivados"), vencen
    )


def _con_acta(h: Hechos) -> Iterator[Ficha]:
    """Los registros que ya no se conservan, porque se dispuso de ellos o se sustrajeron con su acto."""
    yield from (
        f
        for f in h.fichas
        if (s := h.situaciones[f.codigo]).versiones and s.versiones[-1].estado in RETIRADOS
    )


def respaldo_sin_probar(h: Hechos) -> Visto:  # noqa: ARG001 - todas miran los mismos hechos
    """N-17: los respaldos se hacen fuera; el sistema no sabe cuándo se restauró uno."""
    return no_se_sabe(
        "cuándo se respaldó la carpeta y cuándo se probó restaurarla: se hace fuera y no se anota todavía"
    )
