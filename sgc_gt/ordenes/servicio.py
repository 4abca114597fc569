"""Recibir un servicio entero (esquema `demo-sgt/1`): configuración, externos y lo que falta importar."""

from __future__ import annotations

from sgc_gt.config.antecedentes_sgt import escrito
from sgc_gt.config.ejemplo_sgt import Traduccion
from sgc_gt.config.escritura import Parte, escribir
from sgc_gt.config.lectura import leer_yaml
from sgc_gt.contexto import Contexto
from sgc_gt.dominio.filas import PENDIENTES
from sgc_gt.dominio.rutas import ANTECEDENTES, POR_IMPORTAR
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.listas.csv import a_csv
from sgc_gt.ordenes.iniciar import Inicial
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.ordenes.sistema import externo

_DE_EXTERNO = ("id", "titulo", "emisor", "version", "verificar_cada_meses")


def inicial_de(traducido: Traduccion, trae: Inicial) -> Inicial:
    """Con qué nace el servicio: lo suyo y lo que el programa trae. Nada de lo que declara llega a regir.

    A sus series de registros se agregan las que los tipos del programa necesitan y él no dice.
    """
    filas = tuple({c.clave: d.get(c.clave, "") for c in PENDIENTES} for d in traducido.por_importar)
    tabla = Tabla("Documentos por importar", "", PENDIENTES, filas)
    return trae._replace(
        sgc=traducido.servicio,
        series=_series(traducido, trae),
        otros={
            POR_IMPORTAR: a_csv(tabla),
            **{
                f"{ANTECEDENTES}/{tipo}.yaml": escrito(tipo, declarados, traducido.anio)
                for tipo, declarados in traducido.antecedentes.items()
            },
        },
    )


def _series(traducido: Traduccion, trae: Inicial) -> bytes:
    """Sus series y, de las que trae el programa, las que le faltan; las guarda quien exista aquí."""
    propias = leer_yaml(traducido.series, "series.yaml")[0]["series"]
    if not propias:
        return trae.series
    sgc = leer_yaml(traducido.servicio, "sgc.yaml")[0]
    hay, papeles = {s["codigo"] for s in propias}, {*sgc["cargos"], *sgc["roles"]}
    faltan = [
        {**s, "responsable": s["responsable"] if s["responsable"] in papeles else "control_documental"}
        for s in leer_yaml(trae.series, "series.yaml")[0]["series"]
        if s["codigo"] not in hay
    ]
    nota = "Las últimas son las que los tipos del programa necesitan y el archivo de origen no traía."
    return escribir(
        f"Series de registros de {sgc['servicio']['nombre']}.", (Parte("series", [*propias, *faltan], nota),)
    )


def registrar_externos(ctx: Contexto, traducido: Traduccion) -> None:
    """Da de alta los documentos externos que el servicio declara, cada uno con su acto."""
    verifica = ctx.vista().servicio.con_rol("control_documental")[0]
    for e in traducido.externos:
        propios = {clave: e[clave] for clave in _DE_EXTERNO if e.get(clave)}
        externo(ctx, Peticion(), {"accion": "alta", "verifica": verifica, **propios})
