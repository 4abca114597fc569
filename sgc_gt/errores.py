"""El árbol de rechazos: cada negativa del sistema es una oración que dice qué pasa y qué hacer.

Un rechazo nombra el lugar (archivo, línea, código), lo encontrado, lo esperado y el paso siguiente. La
línea de comandos lo muestra y sale con el código de su clase; nadie más lo formatea.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import NamedTuple

_CAUSAS = {
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.ENOSPC: "no queda espacio en el disco",
    errno.EDQUOT: "se agotó la cuota de disco",
    errno.EROFS: "el disco es de solo lectura",
    errno.ENOENT: "no existe",
    errno.EISDIR: "es una carpeta, no un archivo",
    errno.ENOTDIR: "una parte del camino no es una carpeta",
    errno.EEXIST: "ya existe",
    errno.EFBIG: "el archivo supera el tamaño permitido",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
    errno.EBUSY: "otro programa lo está usando",
    errno.EMFILE: "hay demasiados archivos abiertos",
}


def causa_de(error: OSError) -> str:
    """La causa de un error del sistema de archivos, en palabras de la persona."""
    return _CAUSAS.get(error.errno or 0, f"el sistema respondió el código {error.errno}")


class Problema(NamedTuple):
    """Un defecto dentro de un rechazo que trae varios a la vez."""

    mensaje: str
    lugar: str = ""
    esperado: str = ""
    hacer: str = ""

    def __str__(self) -> str:
        return f"{self.lugar}: {self.mensaje}" if self.lugar else self.mensaje


class Rechazo(Exception):
    """Base de todo lo que el sistema se niega a hacer. Nada cambió cuando se levanta.

    `salida` es el código de término del proceso y `clase` el nombre estable que leen los programas.
    """

    salida = 1
    clase = "rechazo"

    def __init__(
        self,
        mensaje: str,
        *,
        lugar: str = "",
        esperado: str = "",
        hacer: str = "",
        problemas: Iterable[Problema] = (),
    ) -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        self.lugar = lugar
        self.esperado = esperado
        self.hacer = hacer
        self.problemas = tuple(problemas)

    def __str__(self) -> str:
        cabeza = f"{self.lugar}: {self.mensaje}" if self.lugar else self.mensaje
        return "\n".join([cabeza, *(f"  - {problema}" for problema in self.problemas)])


class ActoNoPermitido(Rechazo):
    """El procedimiento de control de documentos no admite el acto pedido."""

    clase = "acto_no_permitido"


class EntradaInvalida(Rechazo):
    """Un archivo o un dato recibido no se puede aceptar (DOCX peligroso, datos incompletos)."""

    clase = "entrada_invalida"


class Conflicto(Rechazo):
    """Otro proceso escribió primero, o un archivo cambió por fuera; nada se perdió."""

    clase = "conflicto"


class Ocupado(Conflicto):
    """Otra orden está registrando en este momento: basta repetir."""


class NoSePudoEscribir(Rechazo):
    """El disco, el permiso o un archivo abierto impidieron escribir; nada cambió."""

    clase = "no_se_pudo_escribir"


class UsoIncorrecto(Rechazo):
    """La orden no se entiende o le faltan datos para ser ejecutada."""

    salida = 2
    clase = "uso"


class ConfiguracionInvalida(Rechazo):
    """`sgc.yaml`, un tipo o una plantilla no se puede leer."""

    salida = 2
    clase = "configuracion"


class NoEncontrado(Rechazo):
    """Un código, versión, cargo o repositorio que no existe."""

    salida = 2
    clase = "no_encontrado"


class ProgramaAusente(Rechazo):
    """Falta un programa opcional (LibreOffice, git, ssh-keygen)."""

    salida = 2
    clase = "programa_ausente"


class IntegridadRota(Rechazo):
    """La historia no es la que los actos dicen: alguien la tocó o el disco falló."""

    salida = 3
    clase = "integridad"
