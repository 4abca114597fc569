"""El texto de un párrafo mientras se lee: trozos, marcas con posición y campos abiertos."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import unquote

from sgc_gt.dominio.forma import Bloque, Marca, nfc

_PALABRAS = re.compile(r'"([^"]*)"|(\S+)')
CAMPOS_DE_INDICE = frozenset({"TOC", "TOA", "INDEX"})
CAMPOS_DE_TEXTO = frozenset({"FORMTEXT", "FORMDROPDOWN", "FORMCHECKBOX", "FILLIN", "QUOTE", "IF", "ADDIN"})
"""Campos cuyo resultado escribe la persona: su texto es contenido."""
_CAMPOS_QUE_DICEN = frozenset({"MACROBUTTON", "EQ", "SYMBOL"})
"""Campos cuya instrucción es lo que se lee: se conserva entera (y las fórmulas, `= …`)."""


@dataclass(slots=True)
class Campo:
    """Un campo abierto: su instrucción y si ya se lee su resultado."""

    instruccion: str = ""
    en_resultado: bool = False
    inicio: int = 0
    anunciado: bool = False

    @property
    def palabras(self) -> list[str]:
        return [entre or suelta for entre, suelta in _PALABRAS.findall(self.instruccion)]

    @property
    def clase(self) -> str:
        palabras = self.palabras
        return palabras[0].upper() if palabras else ""

    @property
    def dato(self) -> str:
        """La clase y su primer argumento; los modificadores (`\\* MERGEFORMAT`) los cambia cada programa."""
        palabras = self.palabras
        if self.clase in _CAMPOS_QUE_DICEN or self.clase.startswith("="):
            return " ".join(palabras)
        con_argumento = len(palabras) > 1 and not palabras[1].startswith("\\")
        return f"{self.clase} {palabras[1]}" if con_argumento else self.clase

    @property
    def destino(self) -> str:
        """A dónde lleva un campo HYPERLINK."""
        palabras = self.palabras[1:]
        ancla = next((p2 for p1, p2 in pairwise(palabras) if p1 == "\\l"), "")
        direccion = palabras[0] if palabras and not palabras[0].startswith("\\") else ""
        return enlace_normal(direccion, ancla)

    @property
    def calla(self) -> bool:
        """Si lo que viene dentro no es contenido."""
        return not self.en_resultado or self.clase not in CAMPOS_DE_TEXTO | {"HYPERLINK"}


def enlace_normal(direccion: str, ancla: str = "") -> str:
    """El destino de un enlace escrito de una sola manera (sin escapes ni barra final)."""
    direccion = unquote(direccion).strip()
    if "#" in direccion and not ancla:
        direccion, _, ancla = direccion.partition("#")
    return nfc(direccion.rstrip("/") + (f"#{ancla}" if ancla else ""))


@dataclass(slots=True)
class Acumulador:
    """Texto y marcas de un párrafo en construcción."""

    trozos: list[str] = field(default_factory=list)
    marcas: list[Marca] = field(default_factory=list)
    posicion: int = 0
    flotantes: list[tuple[str, str]] = field(default_factory=list)
    """Imágenes que flotan (texto, hash): van al final, porque su ancla se mueve sola dentro del párrafo."""
    cuadros: list[Bloque] = field(default_factory=list)

    def agregar(self, texto: str, *marcas: tuple[str, str]) -> None:
        """Texto con sus marcas (clase, dato)."""
        if not texto:
            return
        texto = nfc(texto)
        self.trozos.append(texto)
        hasta = self.posicion + len(texto)
        self.marcas += [Marca(clase, self.posicion, hasta, dato) for clase, dato in marcas]
        self.posicion = hasta

    def vacio(self) -> bool:
        return not (self.marcas or self.flotantes or "".join(self.trozos).strip())

    def cerrar(self) -> tuple[str, tuple[Marca, ...]]:
        """El texto y las marcas definitivas: vecinas iguales unidas, en orden."""
        for texto, dato in sorted(self.flotantes):
            self.agregar(texto, ("imagen", dato))
        crudo = "".join(self.trozos)
        texto = nfc(crudo)
        if texto != crudo:  # una letra y su acento venían en tramos distintos: las posiciones se corren
            self.marcas = [
                m._replace(desde=len(nfc(crudo[: m.desde])), hasta=len(nfc(crudo[: m.hasta])))
                for m in self.marcas
            ]
        marcas = _unir(self.marcas)
        return texto, tuple(sorted(marcas, key=lambda m: (m.desde, m.hasta, m.clase, m.dato)))


_UNIBLES = frozenset({"enlace", "tachado", "oculto", "suprimido"})


def _unir(marcas: list[Marca]) -> list[Marca]:
    """Une marcas contiguas iguales: los programas parten y juntan tramos sin que nada cambie."""
    resultado: list[Marca] = []
    abiertas: dict[tuple[str, str], int] = {}
    for marca in marcas:
        clave = (marca.clase, marca.dato)
        previa = abiertas.get(clave)
        if marca.clase in _UNIBLES and previa is not None and resultado[previa].hasta == marca.desde:
            resultado[previa] = resultado[previa]._replace(hasta=marca.hasta)
            continue
        abiertas[clave] = len(resultado)
        resultado.append(marca)
    return resultado
