"""La hoja que las personas firman, en Word, llena con lo que la lista de distribución dice. No es un acto."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sgc_gt.consultas.distribucion import distribucion_de
from sgc_gt.consultas.hojas import datos_de_la_hoja, datos_de_la_lista
from sgc_gt.contexto import Vista
from sgc_gt.dominio.alcance import Alcance
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.word.sello import sellar

TIPO = "toma_conocimiento"
POR_FIRMAR = "Por firmar"
SIN_CODIGO, AL_FIRMARSE = "No lleva: es una hoja para firmar", "Al anotarse firmada"


def hoja_docx(vista: Vista, codigo: str, datos: dict[str, Any], ahora: datetime) -> bytes:
    """La hoja lista para imprimir; UsoIncorrecto si el servicio no tiene el tipo."""
    servicio = vista.servicio
    plantilla = vista.plantilla(TIPO) if TIPO in servicio.tipos else None
    if plantilla is None:
        raise UsoIncorrecto(
            "este servicio no tiene la plantilla de la hoja de toma de conocimiento",
            esperado=f"el tipo «{TIPO}» en las plantillas de la configuración",
            hacer="agréguelo a las plantillas y registre el cambio con: sgc-gt configurar",
        )
    ficha = _ficha(vista, codigo, str(datos["version"]), ahora)
    datos = {**datos, "por_firmar": True}
    contexto = {**taller.contexto_de(vista, ficha, ""), "datos": datos, "imagenes": {}}
    filtros = taller.filtros(servicio)
    valores = taller.valores(vista, ficha, "")
    propios = {"estado": POR_FIRMAR, "fecha": POR_FIRMAR, "verificacion": SIN_CODIGO, "ancla": AL_FIRMARSE}
    por_firmar = valores._replace(textos={**valores.textos, **propios}, marca=None)
    return sellar(
        plantilla.generar(contexto, filtros),
        por_firmar,
        plantilla=vista.plantilla(TIPO, solo_margenes=True),
        contexto=contexto,
        filtros=filtros,
    )


def llenos(vista: Vista, tipo: Tipo, codigo: str, fecha: date) -> bytes:
    """Los datos de un registro de distribución, de lo anotado; UsoIncorrecto si no es de esos tipos."""
    if tipo.id not in _SE_LLENAN:
        raise UsoIncorrecto(
            f"«{tipo.nombre}» no se llena con lo anotado de un documento",
            lugar="--documento",
            esperado=f"el tipo {' o '.join(_SE_LLENAN)}",
            hacer="quite --documento, y dé los datos con --datos",
        )
    import yaml  # noqa: PLC0415  (solo quien llena un registro)

    valor = _SE_LLENAN[tipo.id](vista, distribucion_de(vista, codigo, fecha), fecha)
    return yaml.safe_dump(valor, allow_unicode=True, sort_keys=False).encode("utf-8")


_SE_LLENAN: dict[str, Callable[[Vista, Alcance, date], dict[str, Any]]] = {
    "lista_distribucion": lambda _, a, fecha: datos_de_la_lista(a, fecha),
    TIPO: lambda vista, a, _: datos_de_la_hoja(vista, a, todos=True),
}


def _ficha(vista: Vista, codigo: str, version: str, ahora: datetime) -> Ficha:
    """Una ficha de paso: la hoja todavía no es un registro, y se archiva firmada."""
    control = vista.servicio.con_rol("control_documental")
    documento = vista.ficha(codigo)
    identidad = {
        "titulo": f"Toma de conocimiento de {codigo} versión {version}",
        "area": documento.identidad.get("area", ""),
        "elabora": control[0],
        "aprueba": control[0],
        "responsable": control[0],
    }
    creada = Movimiento(
        n=1,
        acto="crear",
        version="",
        fecha=ahora.date(),
        registrado=ahora.isoformat(timespec="seconds"),
        correo="",
        cargo="",
        registra="",
        origen="por_la_persona",
        identidad=identidad,
    )
    serie = vista.servicio.tipos[TIPO].serie
    return Ficha(serie, TIPO, "registro", {}).con(creada)
