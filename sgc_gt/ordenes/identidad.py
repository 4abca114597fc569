"""De qué documento es un archivo: lo dice él mismo en sus propiedades, aunque le hayan cambiado el nombre.

Viajan en él el código, la versión y el movimiento de que salió; Word y LibreOffice los conservan al guardar.
"""

from __future__ import annotations

from sgc_gt.contexto import Vista
from sgc_gt.dominio.actos import DESCARTADO, OBSOLETO
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Situacion, Version
from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes.borrador import propias_de, recibir
from sgc_gt.ordenes.pedido import Adjunto

_INTACTO = "el archivo queda donde está, sin cambios"


def codigo_de(vista: Vista, archivo: Adjunto) -> str:
    """El código que el archivo lleva dentro; EntradaInvalida si no lo dice o no es de este servicio."""
    recibir(archivo.contenido, archivo.nombre)
    if not archivo.nombre.lower().endswith(".docx"):
        raise EntradaInvalida(
            f"«{archivo.nombre}» no es un documento de Word: no puede decir de qué documento es",
            lugar=archivo.nombre,
            esperado="un archivo .docx",
            hacer="guárdelo como «Documento de Word (.docx)», o diga el código si el documento es de otro "
            f"formato: sgc-gt entregar COD «{archivo.nombre}»; {_INTACTO}",
        )
    codigo = propias_de(archivo).get("codigo", "")
    if not codigo:
        raise EntradaInvalida(
            "el archivo no dice de qué documento es: no salió de aquí, o un programa le quitó la marca",
            lugar=archivo.nombre,
            hacer=f"si es un borrador, diga de cuál: sgc-gt entregar COD «{archivo.nombre}»; {_INTACTO}",
        )
    if vista.buscar(codigo) is None:
        raise EntradaInvalida(
            f"el archivo es de {codigo}, y ese código no existe en este servicio",
            lugar=archivo.nombre,
            esperado="un documento de este servicio",
            hacer=f"revise de qué servicio viene; {_INTACTO}",
        )
    return codigo


def exigir_identidad(archivo: Adjunto, ficha: Ficha, s: Situacion, v: Version) -> Version | None:
    """El de otro documento o versión no entra. Devuelve la vigente, si es una copia editada de ella.

    Esa se admite como edición del borrador siguiente, que nació con el mismo texto; si alguien ya escribió en
    el borrador, lo decide la base (docs/decisiones/0009).
    """
    propias = propias_de(archivo)
    codigo, version = propias.get("codigo", ""), propias.get("version", "")
    if not codigo or (codigo in ficha.codigos and (version or v.version) == v.version):
        return None
    if codigo not in ficha.codigos:
        raise _ajeno(archivo, f"este archivo es de {codigo} versión {version}", ficha, v)
    if s.vigente and version == s.vigente.version:
        return s.vigente
    raise _ajeno(archivo, _otra_version(s, codigo, version), ficha, v)


def exigir_borrador(archivo: Adjunto, ficha: Ficha, s: Situacion) -> None:
    """Sin borrador abierto, se dice que la copia es de la versión vigente y qué hacer para recibirla."""
    version = propias_de(archivo).get("version", "")
    if s.abierta is None and s.vigente and version == s.vigente.version:
        raise EntradaInvalida(
            f"es una copia de la versión vigente de {ficha.codigo}, y no hay borrador abierto que la reciba",
            lugar=archivo.nombre,
            hacer=f"abra la versión siguiente (sgc-gt nueva-version {ficha.codigo}) y entréguelo otra vez; "
            f"{_INTACTO}",
        )


def _otra_version(s: Situacion, codigo: str, version: str) -> str:
    otra = s.de(version)
    if otra is None:
        return f"este archivo dice ser de la versión {version} de {codigo}, que no existe"
    if otra.estado == OBSOLETO:
        desde = f" el {imprimir_fecha(otra.hasta)}" if otra.hasta else ""
        return f"esta copia es de la versión {version} de {codigo}, que dejó de regir{desde}"
    if otra.estado == DESCARTADO:
        return f"esta copia es del borrador de la versión {version} de {codigo}, que se descartó"
    return f"este archivo es de {codigo} versión {version}"


def _ajeno(archivo: Adjunto, mensaje: str, ficha: Ficha, v: Version) -> EntradaInvalida:
    return EntradaInvalida(
        mensaje,
        lugar=archivo.nombre,
        esperado=f"el borrador de {ficha.codigo} versión {v.version}",
        hacer=f"lleve sus cambios a ese borrador, o revise el código de la orden; {_INTACTO}",
    )
