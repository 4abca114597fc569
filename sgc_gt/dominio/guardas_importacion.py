"""Guardas de lo que se importa: un documento que ya regía antes de que el sistema existiera.

Entra con su código, su versión y su fecha de vigencia originales, con los bytes que tenía. El sistema no
vuelve a decidir esa aprobación: dice que fue afuera y con qué papel se prueba (ISO 9001:2015 7.5.2-7.5.3).
"""

from __future__ import annotations

from sgc_gt.dominio import guardas_codigo as codigo
from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.codigos import sirve_de_codigo
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.importado import HEREDADO


def importar(caso: Caso) -> None:
    """Código, versión, fecha, papeles y archivo de lo importado; ActoNoPermitido con lo que falte."""
    if caso.tipo.clase == "registro":
        raise negar(
            caso,
            f"«{caso.tipo.nombre}» es un registro, no un documento",
            "un tipo de documento",
            "archívelo en su serie con: sgc-gt registrar",
        )
    codigo.titulo(caso)
    codigo.area(caso)
    _codigo(caso)
    codigo.papeles(caso)
    codigo.cargos(caso)
    _version(caso)
    _dia(caso)
    _vigencia(caso)
    _archivo(caso)


def _codigo(caso: Caso) -> None:
    """El de siempre, o uno heredado que se declara como tal: la máscara del servicio llegó después que él."""
    p, servicio = caso.pedido, caso.servicio
    area = str(p.identidad.get("area"))
    if not sirve_de_codigo(p.codigo):
        raise negar(
            caso,
            f"«{p.codigo}» no sirve como código",
            "mayúsculas sin tilde, dígitos y guiones, de 2 a 32 caracteres",
            "dele un código nuevo; el antiguo queda anotado",
        )
    propio = codigo.sigue_la_mascara(servicio, caso.tipo, p.codigo, area)
    if propio == bool(p.extra.get(HEREDADO)):
        ejemplo = servicio.mascara.formar(caso.tipo.prefijo, area, 1)
        raise negar(
            caso,
            f"«{p.codigo}» sigue la forma de los códigos del servicio y se declara heredado"
            if propio
            else f"«{p.codigo}» no tiene la forma de los códigos del servicio y no se declara heredado",
            f"un código como {ejemplo}, o uno heredado declarado como tal",
            "revise el código",
        )
    codigo.no_es_de_serie(caso)


def _version(caso: Caso) -> None:
    """Escrita como el servicio numera, y posterior a las que ya se importaron."""
    version, formato = caso.pedido.version, caso.servicio.formato
    if not formato.admite(version):
        raise negar(
            caso,
            f"«{version}» no es una versión como las del servicio" if version else "falta decir la versión",
            f"una versión como {formato.inicial()}",
            "escríbala con el ancho que el servicio usa",
        )
    previas = [v.version for v in (caso.situacion.versiones if caso.situacion else ())]
    ultima = max(previas, key=formato.orden, default=None)
    if ultima is not None and formato.orden(version) <= formato.orden(ultima):
        raise negar(
            caso,
            f"la versión {version} no es posterior a la {ultima}, que ya se importó",
            f"una versión desde la {formato.siguiente(ultima, menor=True)}",
            "importe las versiones de un documento de la más antigua a la más nueva",
        )


def _dia(caso: Caso) -> None:
    """La importación ocurre el día en que se hace; la fecha antigua es la de la vigencia."""
    fecha, hoy = caso.pedido.fecha, caso.pedido.registrado.date()
    if fecha != hoy:
        raise negar(
            caso,
            f"la importación lleva la fecha del día en que se hace, no el {imprimir_fecha(fecha)}",
            imprimir_fecha(hoy),
            "diga la fecha original como vigencia",
        )


def _vigencia(caso: Caso) -> None:
    """Rige desde un día pasado, nunca antes que la versión importada anterior."""
    desde = caso.pedido.vigente_desde
    if desde is None:
        raise negar(
            caso,
            "falta decir desde cuándo rige",
            "la fecha en que comenzó a regir, o la de su aprobación",
            "búsquela en el documento, en su resolución o en la lista maestra anterior",
        )
    if desde > caso.pedido.fecha:
        raise negar(
            caso,
            f"regiría desde el {imprimir_fecha(desde)}, que todavía no llega",
            "una fecha hasta hoy",
            "impórtelo cuando rija, o créelo y póngalo en vigencia con esa fecha",
        )
    previas = [
        v.vigente_desde for v in (caso.situacion.versiones if caso.situacion else ()) if v.vigente_desde
    ]
    if previas and desde < max(previas):
        raise negar(
            caso,
            f"regiría desde el {imprimir_fecha(desde)}, antes que la versión anterior "
            f"({imprimir_fecha(max(previas))})",
            f"una fecha desde el {imprimir_fecha(max(previas))}",
            "revise las fechas de las dos versiones",
        )


def _archivo(caso: Caso) -> None:
    """No se importa una versión sin su archivo."""
    p = caso.pedido
    if not (p.archivo and p.sha256 and p.huella):
        raise negar(caso, "la importación no trae el archivo del documento", hacer="indique el archivo")
