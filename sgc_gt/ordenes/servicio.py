"""Recibir un servicio entero (esquema `demo-sgt/1`): configuración, externos y lo que falta importar."""

from __future__ import annotations

from sgc_gt.config.antecedentes_sgt import escrito
from sgc_gt.config.ejemplo_sgt import Traduccion
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

    Un archivo que no dice sus series de registros recibe las que trae el programa.
    """
    filas = tuple({c.clave: d.get(c.clave, "") for c in PENDIENTES} for d in traducido.por_importar)
    tabla = Tabla("Documentos por importar", "", PENDIENTES, filas)
    propias = leer_yaml(traducido.series, "series.yaml")[0]["series"]
    return trae._replace(
        sgc=traducido.servicio,
        series=traducido.series if propias else trae.series,
        otros={
            POR_IMPORTAR: a_csv(tabla),
            **{
                f"{ANTECEDENTES}/{tipo}.yaml": escrito(tipo, declarados, traducido.anio)
                for tipo, declarados in traducido.antecedentes.items()
            },
        },
    )


def registrar_externos(ctx: Contexto, traducido: Traduccion) -> None:
    """Da de alta los documentos externos que el servicio declara, cada uno con su acto."""
    verifica = ctx.vista().servicio.con_rol("control_documental")[0]
    for e in traducido.externos:
        propios = {clave: e[clave] for clave in _DE_EXTERNO if e.get(clave)}
        externo(ctx, Peticion(), {"accion": "alta", "verifica": verifica, **propios})
