"""Guardas de un código que nace: su forma, su identidad y, si es un registro, su serie."""

from __future__ import annotations

import re

from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.codigos import RESERVADOS, sirve_de_codigo
from sgc_gt.dominio.guardas_distribucion import nombrables
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.dominio.textos import LARGO_TITULO, dice_algo

_INSTANCIA = re.compile(r"[A-Z0-9-]+/(?P<periodo>[A-Z0-9][A-Z0-9-]{0,15})/\d{3,}", re.ASCII)
_NOMBRES = {"elabora": "quien elabora", "aprueba": "quien aprueba", "responsable": "el responsable"}


def crear(caso: Caso) -> None:
    """Un documento nace con código de su tipo y área, título y cargos; un registro, en una serie."""
    titulo(caso)
    if caso.tipo.clase == "registro":
        serie(caso)
    else:
        area(caso)
        _codigo_de_documento(caso)
    papeles(caso)
    cargos(caso)
    region(caso)


def papeles(caso: Caso) -> None:
    """Alguien elabora, alguien aprueba y alguien responde del proceso."""
    faltan = [nombre for rol, nombre in _NOMBRES.items() if not caso.identidad(rol)]
    if faltan:
        raise negar(
            caso,
            f"falta decir {', '.join(faltan)}, o su cargo no existe",
            "un cargo del servicio en cada papel",
            "use --elabora, --aprueba y --responsable con cargos de la configuración",
        )


def titulo(caso: Caso) -> None:
    """El título dice algo y cabe en el encabezado."""
    texto = str(caso.pedido.identidad.get("titulo", ""))
    if not dice_algo(texto):
        raise negar(caso, "falta el título", "un título con letras", "use --titulo")
    if len(texto) > LARGO_TITULO:
        raise negar(
            caso,
            f"el título tiene {len(texto)} caracteres y no cabe en el encabezado ni en las listas",
            f"a lo más {LARGO_TITULO}",
            "acorte el título; lo demás va en el documento",
        )


def cargos(caso: Caso) -> None:
    """Cada cargo que el acto nombra existe, y sus destinatarios nombran a alguien."""
    for rol in ("elabora", "revisa", "aprueba", "responsable"):
        valor = caso.pedido.identidad.get(rol, ())
        for cargo in (valor,) if isinstance(valor, str) else valor:
            if not caso.servicio.con_rol(str(cargo)):
                raise negar(
                    caso,
                    f"el cargo «{cargo}» (--{rol}) no existe",
                    esperados(str(cargo), caso.servicio.cargos),
                    "use un cargo de la configuración",
                )

    dichas = caso.pedido.identidad.get("distribucion", ())
    if not isinstance(dichas, list | tuple) or not all(isinstance(p, str) for p in dichas):
        raise negar(caso, "los destinatarios no se entienden", hacer="repita la orden")
    nombrables(caso, dichas)


def identidad_nueva(caso: Caso) -> None:
    """Una nueva versión puede traer otro título u otros cargos, con las mismas exigencias."""
    if "titulo" in caso.pedido.identidad:
        titulo(caso)
    cargos(caso)


def registrar(caso: Caso) -> None:
    """Un registro se archiva en una serie, con título, y trae su archivo o dice dónde está."""
    titulo(caso)
    serie(caso)
    if not caso.pedido.sha256 and not dice_algo(str(caso.pedido.extra.get("ubicacion", ""))):
        raise negar(
            caso,
            "el registro no trae archivo ni dice dónde está",
            "un archivo, o --ubicacion",
            "indique el archivo o dónde se conserva el original",
        )
    if caso.pedido.sha256 and not (
        sirve_de_nombre(caso.pedido.archivo) and isinstance(caso.pedido.extra.get("tamano"), int)
    ):
        raise negar(caso, "el archivo del registro no dice su nombre y su tamaño", hacer="archívelo de nuevo")


def sirve_de_nombre(archivo: str) -> bool:
    """Si es el nombre de un archivo y no una ruta."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}", archivo, re.ASCII) is not None


def region(caso: Caso) -> None:
    """La región con que nace un registro está en uso; un documento no es de una región."""
    dicha = caso.pedido.identidad.get("region")
    if dicha and (caso.tipo.clase != "registro" or dicha not in caso.servicio.regiones):
        raise negar(
            caso,
            f"«{dicha}» no es una región en uso",
            ", ".join(caso.servicio.regiones) or "un servicio con regiones",
            "use --region con una de ellas, y solo en un registro",
        )


def serie(caso: Caso) -> None:
    codigo, series = caso.pedido.codigo, caso.servicio.series
    calce = _INSTANCIA.fullmatch(codigo)
    if calce is None or calce["periodo"] in RESERVADOS:
        raise negar(
            caso,
            f"«{codigo}» no sirve para un registro",
            "la serie, el período y un número, como RG-SGC-05/2026/001",
            "indique la serie y el período; el número lo pone el sistema",
        )
    serie = series.get(codigo.split("/", maxsplit=1)[0])
    if serie is None:
        raise negar(
            caso,
            f"la serie de registros {codigo.split('/', maxsplit=1)[0]} no existe",
            ", ".join(sorted(series)),
            "agréguela al catálogo de series, o elija otra",
        )
    if serie.documento:
        raise negar(
            caso,
            f"la serie {serie.codigo} se archiva sola: cada versión emitida del documento es su registro",
            f"poner en vigencia el documento {serie.codigo}",
            f"ponga en vigencia el documento {serie.codigo}",
        )


def area(caso: Caso) -> None:
    """El documento nace en un área del servicio."""
    dicha = caso.pedido.identidad.get("area")
    if dicha not in caso.servicio.areas:
        raise negar(
            caso,
            f"«{dicha}» no es un área del servicio" if dicha else "falta decir el área",
            ", ".join(caso.servicio.areas),
            "use --area con una de ellas",
        )


def _codigo_de_documento(caso: Caso) -> None:
    """El código sigue la máscara con el prefijo del tipo y el área, y no es el de una serie de registros."""
    codigo, tipo, servicio = caso.pedido.codigo, caso.tipo, caso.servicio
    area = str(caso.pedido.identidad.get("area"))
    if not sirve_de_codigo(codigo) or not sigue_la_mascara(servicio, tipo, codigo, area):
        raise negar(
            caso,
            f"«{codigo}» no es un código para un documento de tipo «{tipo.nombre}» del área {area}",
            f"{servicio.mascara.formar(tipo.prefijo, area, 1)} o un número siguiente",
            "deje que el sistema ponga el código, o corríjalo",
        )
    no_es_de_serie(caso)


def sigue_la_mascara(servicio: Servicio, tipo: Tipo, codigo: str, area: str) -> bool:
    """Si el código es de los que el sistema formaría para ese tipo y esa área."""
    partes = servicio.mascara.leer(codigo)
    propio = partes is not None and partes.tipo == tipo.prefijo and partes.area in ("", area)
    return propio or codigo == tipo.serie


def no_es_de_serie(caso: Caso) -> None:
    """Un documento no toma el código de una serie de registros."""
    codigo = caso.pedido.codigo
    serie = caso.servicio.series.get(codigo)
    if serie and not serie.documento:
        raise negar(
            caso,
            f"{codigo} es una serie de registros («{serie.nombre}»), no un documento",
            "un código que no sea de una serie",
            "use otro número, o archive el registro con: sgc-gt registrar",
        )
