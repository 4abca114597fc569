"""Las órdenes sobre un registro ya archivado: corregir, suspender, disponer y sustraer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import avisar_pendientes, lineas_de, resultado_a_dict
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.situacion import situacion
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.errores import Rechazo, UsoIncorrecto
from sgc_gt.ordenes import vida as ordenes
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.ordenes.salida import dejar, exigir_fuera, exigir_nombre

FORMATOS = (".xlsx", ".docx")
EJEMPLO = "--inventario ../inventario.xlsx"
decreto = click.option("--decreto", metavar="N", help="Número del decreto que autoriza.")


def _responder(
    sesion: Sesion, acto: str, resultados: Sequence[Resultado], lineas: Sequence[str] = (), **mas: Any
) -> None:
    valores = [{**resultado_a_dict(r), "acto": acto, **mas} for r in resultados]
    lineas = [*(lineas or (linea for r in resultados for linea in lineas_de(acto, r)))]
    lineas += [f"Propuesta {mas['propuesta']}."] if mas.get("propuesta") else []
    lineas += [f"Inventario: {mas['inventario']}"] if mas.get("inventario") else []
    sesion.responder(valores, "\n".join(lineas))
    for aviso in dict.fromkeys(a for r in resultados for a in r.avisos):
        sesion.avisar(f"Aviso: {aviso}.")
    avisar_pendientes(sesion, resultados)


@orden()
@o.con(o.codigo)
@click.option("--por", default="", metavar="COD", help="El registro posterior que lo corrige.")
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def corregir(sesion: Sesion, codigo: str, por: str, **valores: Any) -> None:
    """Anota que un registro está equivocado: lo corrige otro posterior, o una nota. Los dos quedan visibles.

    Ejemplo: sgc-gt corregir RG-GT-10/2026/001 --por RG-GT-10/2026/004 --motivo "El oficio era otro"
    """
    hechos = ordenes.corregir(sesion.contexto, codigo, por.strip().upper(), o.peticion(**valores))
    _responder(sesion, "corregir", hechos, lineas=_corregido(hechos))


def _corregido(hechos: Sequence[Resultado]) -> list[str]:
    """El equivocado y, si otro lo corrige, que ese es el bueno."""
    equivocado, *otros = hechos
    return [*lineas_de("corregir", equivocado), *(f"  Lo corrige {r.codigo}." for r in otros)]


@orden()
@o.con(o.codigos)
@click.option(
    "--causa",
    required=True,
    type=click.Choice(list(vida.CAUSAS)),
    help="Por qué: " + ", ".join(f"{c} ({dicha})" for c, dicha in vida.CAUSAS.items()) + ".",
)
@click.option("--hasta", metavar="D", help="Hasta cuándo; sin término si no se dice.")
@o.con(o.motivo, o.oficio, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def suspender(
    sesion: Sesion, codigos: tuple[str, ...], causa: str, hasta: str | None, **valores: Any
) -> None:
    """Suspende la retención: mientras dure, el registro no se puede disponer.

    Ejemplo: sgc-gt suspender RG-GT-06/2019/001 --causa auditoria --motivo "Auditoría de la Contraloría"
    """
    extra = {vida.CAUSA: causa, **_hasta(hasta, "--hasta")}
    peticion = _con(o.peticion(**valores), extra)
    _responder(sesion, "suspender", ordenes.anotar(sesion.contexto, "suspender", codigos, peticion))


@orden()
@o.con(o.codigos, o.motivo, o.oficio, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def reanudar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Reanuda la retención que estaba suspendida.

    Ejemplo: sgc-gt reanudar RG-GT-06/2019/001 --motivo "Terminó la auditoría"
    """
    _responder(
        sesion, "reanudar", ordenes.anotar(sesion.contexto, "reanudar", codigos, o.peticion(**valores))
    )


@orden()
@click.argument("codigos", nargs=-1, metavar="[COD|DISP…]", callback=o.mayusculas)
@click.option(
    "--serie", default="", metavar="S", help="Todo lo que esa serie tiene con la retención cumplida."
)
@click.option(
    "--destino", type=click.Choice(list(vida.DESTINOS)), help="Qué se propone, si la serie no lo dice."
)
@o.con(o.resolucion, decreto, o.fecha_oficio)
@click.option("--resultado", type=click.Choice(list(vida.RESULTADOS)), help="Qué se hizo, ya autorizado.")
@click.option("--acta", default="", metavar="COD", help="El acta de eliminación, si se archivó aquí.")
@click.option("--hacer-acta", is_flag=True, help="Crea el acta de eliminación con lo que ya se sabe.")
@click.option("--metodo", default="", metavar="T", help="Cómo se eliminó.")
@click.option("--responsables", default="", metavar="T", help="Los cargos que lo hicieron.")
@click.option("--recibe", default="", metavar="T", help="Quién lo recibió.")
@click.option("--prorroga", metavar="D", help="Se conserva hasta esa fecha.")
@click.option("--desistir", is_flag=True, help="Retira la propuesta.")
@click.option("--inventario", type=o.ARCHIVO, metavar="F", help="Dónde dejar el inventario (.xlsx o .docx).")
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def disposicion(
    sesion: Sesion, codigos: tuple[str, ...], serie: str, inventario: Path | None, **valores: Any
) -> None:
    """La disposición final de lo que cumplió su retención: proponer, autorizar y registrar el resultado.

    Sin códigos, dice qué cumplió su retención, qué está suspendido y qué está en disposición.

    Ejemplo: sgc-gt disposicion --serie RG-GT-06 --inventario ../inventario.xlsx
    """
    if inventario:
        exigir_nombre(inventario, FORMATOS, "--inventario")
        exigir_fuera(sesion.raiz, inventario, EJEMPLO)
    if valores.pop("hacer_acta"):
        _hacer_acta(sesion, codigos, valores["metodo"])
        return
    paso = _paso(valores)
    if paso == "proponer-disposicion" and not (codigos or serie):
        _mostrar(sesion, inventario=inventario)
        return
    peticion, propios = _peticion(valores)
    if paso == "proponer-disposicion" and not serie and not propios and _en_curso(sesion, codigos):
        _mostrar(sesion, codigos, inventario)
        return
    if not codigos and (paso != "proponer-disposicion" or not serie):
        raise UsoIncorrecto(
            "--serie es para proponer: lo demás se hace con lo ya propuesto"
            if serie
            else "no se dice de qué registros",
            lugar="COD",
            esperado="códigos de registros, o el número de una propuesta (DISP-2031-001)",
            hacer="vea las propuestas abiertas con: sgc-gt disposicion",
        )
    if paso == "disponer":
        hechos = _sin_borrador_suelto(sesion, ordenes.disponer(sesion.contexto, codigos, peticion))
    elif paso == "proponer-disposicion":
        destino = valores["destino"] or ""
        hechos = ordenes.proponer(sesion.contexto, codigos, serie.strip().upper(), destino, peticion)
    else:
        hechos = ordenes.anotar(sesion.contexto, paso, codigos, peticion)
    _responder(sesion, paso, hechos, **_que_queda(sesion, paso, hechos, inventario))


def _sin_borrador_suelto(sesion: Sesion, hechos: Sequence[Resultado]) -> Sequence[Resultado]:
    """Los resultados; si el acta que se estaba haciendo aquí quedó sin usar, con el aviso de descartarla."""
    from sgc_gt.ordenes.acta import acta_de  # noqa: PLC0415  (genera un Word: solo si se dispone)

    vista = sesion.contexto.vista()
    cursos = (vida.curso(vista.ficha(r.codigo)) for r in hechos)
    actas = {a.codigo: a for c in cursos if c and (a := acta_de(vista, c.numero))}
    avisos = tuple(
        f"el borrador {codigo} ya no hace falta; descártelo con: sgc-gt descartar {codigo}"
        for codigo, acta in actas.items()
        if situacion(acta).abierta
    )
    return [r._replace(avisos=(*r.avisos, *avisos)) for r in hechos]


def _hacer_acta(sesion: Sesion, codigos: tuple[str, ...], metodo: str) -> None:
    from sgc_gt.ordenes.acta import hacer_acta  # noqa: PLC0415  (genera un Word: solo si se pide)

    r = hacer_acta(sesion.contexto, codigos, metodo)
    borrador = rutas.ruta_borrador(sesion.contexto.vista().ficha(r.codigo), r.archivo)
    sesion.responder(
        [{**resultado_a_dict(r), "acto": "crear", "archivo": borrador}],
        f"Se crea {r.codigo}, con el inventario y el acto que autoriza. Complete método, fecha y quiénes."
        f"\nBorrador: {borrador}\nAl terminar su circuito: sgc-gt disposicion … --acta {r.codigo}",
    )


def _paso(valores: dict[str, Any]) -> str:
    """El acto que las opciones piden; UsoIncorrecto si piden dos."""
    pedidos = {
        "autorizar-disposicion": valores["resolucion"] or valores["decreto"],
        "disponer": valores["resultado"],
        "prorrogar": valores["prorroga"],
        "desistir": valores["desistir"],
    }
    dichos = [acto for acto, dicho in pedidos.items() if dicho]
    if len(dichos) > 1:
        raise UsoIncorrecto(
            "se piden dos pasos a la vez",
            lugar="disposicion",
            esperado="uno: --resolucion o --decreto, --resultado, --prorroga, o --desistir",
            hacer="registre primero el acto que autoriza y después lo que se hizo",
        )
    return dichos[0] if dichos else "proponer-disposicion"


def _peticion(valores: dict[str, Any]) -> tuple[Peticion, dict[str, Any]]:
    """La petición con lo propio del paso, y eso mismo aparte."""
    resultado = valores["resultado"]
    dichos = {
        vida.RESULTADO: resultado,
        vida.ACTA: valores["acta"].strip().upper(),
        vida.METODO: valores["metodo"],
        vida.RESPONSABLES: valores["responsables"],
        vida.RECIBE: valores["recibe"],
    }
    extra = {**{k: v for k, v in dichos.items() if v}, **_hasta(valores["prorroga"], "--prorroga")}
    comunes = {c: valores[c] for c in ("motivo", "fecha", "adjunto", "resolucion", "fecha_oficio")}
    clase = {vida.ELIMINADO: "acta", vida.TRANSFERIDO: "recibo"}.get(resultado or "", "")
    base = o.peticion(**comunes)._replace(decreto=valores["decreto"] or "", clase=clase)
    return _con(base, extra), extra


def _en_curso(sesion: Sesion, codigos: tuple[str, ...]) -> bool:
    """Si todo lo nombrado ya está en disposición: sin otra opción, se quiere ver."""
    from sgc_gt.consultas.disposicion import expandir  # noqa: PLC0415  (compone listas: solo si se usa)

    vista = sesion.consulta.vista()
    return all(vida.curso(vista.ficha(c)) for c in expandir(vista, codigos))


def _mostrar(sesion: Sesion, codigos: tuple[str, ...] = (), inventario: Path | None = None) -> None:
    from sgc_gt.consultas import disposicion as d  # noqa: PLC0415

    ctx = sesion.consulta
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    elegidos = d.expandir(vista, codigos)
    filas = [d.fila(vista, vista.ficha(c)) for c in elegidos] if codigos else d.disposiciones(vista, hoy)
    if inventario:
        dejado = _dejar_inventario(sesion, [f.codigo for f in filas], inventario)
        sesion.avisar(f"Inventario: {dejado}")
    nota = "Nada ha cumplido su retención, ni está suspendido o en disposición."
    tabla = Tabla(
        "Disposición de registros",
        vista.servicio.nombre,
        d.PANTALLA,
        tuple(f.legible() for f in filas),
        hoy,
        () if filas else (nota,),
    )
    mostrar(sesion, [{**f.a_dict(), "acto_autoriza": f.acto, "acto": ""} for f in filas], tabla)


def _que_queda(
    sesion: Sesion, paso: str, hechos: Sequence[Resultado], inventario: Path | None
) -> dict[str, str]:
    """El número de la propuesta que se abrió y el inventario que se pidió."""
    codigos = [r.codigo for r in hechos]
    queda: dict[str, str] = {}
    if paso == "proponer-disposicion" and codigos:
        curso = vida.curso(sesion.contexto.vista().ficha(codigos[0]))
        queda["propuesta"] = curso.numero if curso else ""
    if inventario:
        try:
            queda["inventario"] = _dejar_inventario(sesion, codigos, inventario)
        except Rechazo as rechazo:  # el movimiento ya quedó: que falte la planilla no lo niega
            sesion.avisar(f"Aviso: el inventario no se dejó. {rechazo}; {rechazo.hacer}.")
    return queda


def _dejar_inventario(sesion: Sesion, codigos: Sequence[str], destino: Path) -> str:
    from sgc_gt.consultas import disposicion as d  # noqa: PLC0415

    ctx = sesion.contexto
    vista = ctx.vista()
    tabla = d.inventario(vista, codigos, ctx.ahora(vista).date())
    contenido = d.exportar_inventario(vista, tabla, destino.suffix.lower().lstrip("."))
    return str(dejar(ctx.raiz, {destino: contenido}, EJEMPLO)[0])


@orden()
@o.con(o.codigo)
@click.option("--archivo", default="", metavar="NOMBRE", help="Cuál de sus archivos, si guarda varios.")
@o.con(o.motivo, o.resolucion, decreto, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def sustraer(sesion: Sesion, codigo: str, archivo: str, decreto: str | None, **valores: Any) -> None:
    """Retira de verdad un archivo subido por equivocación (datos personales), con el acto que lo ordena.

    Ejemplo: sgc-gt sustraer RG-GT-09/2026/003 --motivo M --resolucion 88 --fecha-oficio D --adjunto res.pdf
    """
    peticion = o.peticion(**valores)._replace(decreto=decreto or "")
    hechos = ordenes.sustraer(sesion.contexto, codigo, archivo, peticion)
    _responder(sesion, "sustraer", hechos)


def _hasta(dicha: str | None, opcion: str) -> dict[str, str]:
    return {vida.HASTA: leer_fecha(dicha, opcion).isoformat()} if dicha else {}


def _con(peticion: Peticion, extra: dict[str, Any]) -> Peticion:
    return peticion._replace(extra={**peticion.extra, **extra})
