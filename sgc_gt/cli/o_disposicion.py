"""`disposicion`: proponer, autorizar y registrar el destino de lo que cumplió su retención."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.o_vida import DECRETO, con_extra, hasta_en, responder_vida
from sgc_gt.cli.respuestas import resultado_a_dict
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.situacion import situacion
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.errores import Rechazo, UsoIncorrecto
from sgc_gt.ordenes import vida as ordenes
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.ordenes.salida import dejar, exigir_fuera, exigir_nombre

FORMATOS = (".xlsx", ".docx")
EJEMPLO = "--inventario ../inventario.xlsx"


@orden()
@click.argument("codigos", nargs=-1, metavar="[COD|DISP…]", callback=o.mayusculas)
@click.option(
    "--serie", default="", metavar="S", help="Todo lo que esa serie tiene con la retención cumplida."
)
@click.option(
    "--destino", type=click.Choice(list(vida.DESTINOS)), help="Qué se propone, si la serie no lo dice."
)
@o.con(o.resolucion, DECRETO, o.fecha_oficio)
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
    responder_vida(sesion, paso, hechos, **_que_queda(sesion, paso, hechos, inventario))


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
    extra = {**{k: v for k, v in dichos.items() if v}, **hasta_en(valores["prorroga"], "--prorroga")}
    comunes = {c: valores[c] for c in ("motivo", "fecha", "adjunto", "resolucion", "fecha_oficio")}
    clase = {vida.ELIMINADO: "acta", vida.TRANSFERIDO: "recibo"}.get(resultado or "", "")
    base = o.peticion(**comunes)._replace(decreto=valores["decreto"] or "", clase=clase)
    return con_extra(base, extra), extra


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
    nada = "" if filas else "Nada ha cumplido su retención, ni está suspendido o en disposición."
    notas = (nada, d.DE_LA_HISTORIA, "" if codigos else d.permanecen(vista, hoy))
    tabla = Tabla(
        "Disposición de registros",
        vista.servicio.nombre,
        d.PANTALLA,
        tuple(f.legible() for f in filas),
        hoy,
        tuple(filter(None, notas)),
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
