"""De los renglones de un texto a sus piezas en bruto: cada renglón abre una o continúa la última.

Lo que decide: los números, los signos de viñeta (o la sangría que dejaron al perderse), las líneas en
blanco y los largos a que se cortó cada renglón.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sgc_gt.dominio.estructura import Linea, Titulo, parece_titulo, titulos
from sgc_gt.dominio.nombres_secciones import es_exacto, llano
from sgc_gt.dominio.texto_paginas import Paginas, Renglon

TITULO, PRELIMINAR, PARRAFO = "titulo", "preliminar", "parrafo"
VINETA, PASO, DEFINICION = "vineta", "paso", "definicion"
_SIGNOS = re.compile(
    "^(?P<signo>[•●▪■◦○·‣➢✓✔*\uf0b7\uf0a7\uf0d8\uf0fc\uf02d]|[-–—](?= )|o(?= +[A-ZÁÉÍÓÚÑ])) *(?P<resto>\\S.*)"
)
_PASO = re.compile(r"^(?P<n>\d{1,2})[.)] +(?P<resto>\S.*)")
_INCISO = re.compile(r"^(?:[ivx]{1,5}|[a-z])\)\.? +\S")
_ANEXO = re.compile(r"^Anexo +(?:N[°º.]+ *)?\w{1,3}\b", re.I)
_CIERRA = (".", ":", ";", "?", "!")
_APARTADO = re.compile(r"^\d{1,2}(?:\.\d{1,2})+[.)]? +\S")
_COLGANTES = frozenset(
    ("de", "del", "la", "el", "los", "las", "y", "e", "o", "u", "a", "al", "en", "con", "por", "para", "que")
)
_HUECO = 0.8
"""Un renglón cuya palabra siguiente habría cabido en esta parte del ancho se cortó a propósito."""


@dataclass
class Obra:
    """Una pieza mientras se le agregan renglones."""

    clase: str
    renglones: list[str]
    desde: int
    nivel: int = 1
    numero: str = ""
    lista: int = 0

    @property
    def abierta(self) -> bool:
        """Si su último renglón no termina una oración."""
        return not self.renglones[-1].endswith(_CIERRA)

    @property
    def ancho(self) -> int:
        """El largo a que se cortaron sus renglones; 0 si solo tiene uno."""
        return max((len(r) for r in self.renglones[:-1]), default=0)


class Armado:
    """El recorrido de los renglones: a cada uno, o abre una pieza o continúa la última."""

    def __init__(self, paginas: Paginas) -> None:
        self._renglones = paginas.renglones
        largos = sorted(len(r.texto) for r in self._renglones)
        self._ancho = largos[int(len(largos) * 0.95)] if largos else 0
        self._titulos = self._hallar_titulos()
        self._primero = min(self._titulos, default=0)
        self._obras: list[Obra] = []
        self._listas = 0
        self._en_paso = False

    def piezas(self) -> list[Obra]:
        for n, renglon in enumerate(self._renglones):
            self._recibir(n, renglon)
        return self._obras

    # ---- títulos -----------------------------------------------------------------------------------------

    def _hallar_titulos(self) -> dict[int, Titulo]:
        lineas = [Linea(r.texto, 0, self._entero(n)) for n, r in enumerate(self._renglones)]
        hallados = {t.indice: t for t in titulos(lineas)}
        return hallados | self._anexos(hallados)

    def _entero(self, n: int) -> bool:
        """Si un renglón termina donde termina su párrafo: lo sigue un blanco, o se cortó a propósito."""
        if n + 1 == len(self._renglones):
            return True
        actual, siguiente = self._renglones[n], self._renglones[n + 1]
        if siguiente.blanco_antes or (siguiente.sangria and siguiente.texto[:1].isupper()):
            return True
        return self._corto(actual.texto, siguiente.texto)

    def _corto(self, texto: str, siguiente: str) -> bool:
        return len(texto) + 1 + len(siguiente.split(" ", maxsplit=1)[0]) <= self._ancho * _HUECO

    def _anexos(self, hallados: dict[int, Titulo]) -> dict[int, Titulo]:
        """El título de cada anexo: la última vez que su renglón aparece solo y lo sigue algo."""
        ultimos = {
            llano(r.texto): n
            for n, r in enumerate(self._renglones)
            if _ANEXO.match(r.texto) and self._entero(n)
        }
        dentro = any(llano(t.titulo) == "anexos" for t in hallados.values())
        return {
            n: Titulo(n, "", self._renglones[n].texto, 2 if dentro else 1)
            for n in ultimos.values()
            if n + 1 < len(self._renglones) and n not in hallados and n > min(hallados, default=0)
            and n + 1 not in hallados
        }  # fmt: skip

    def _preliminar(self, n: int, texto: str) -> int:
        """El nivel de un título anterior a la primera sección («1.- Antecedentes»); 0 si no lo es."""
        if n >= self._primero or (not self._entero(n) and not texto.endswith(".")):
            return 0
        if es_exacto(texto):
            return 1
        numerado = re.match(r"^\d{1,2}[.)]?-? +(?P<titulo>.+)", texto)
        corto = len(texto) <= self._ancho * _HUECO
        return 2 if numerado and corto and parece_titulo(numerado["titulo"].rstrip(".")) else 0

    # ---- un renglón --------------------------------------------------------------------------------------

    def _recibir(self, n: int, renglon: Renglon) -> None:
        texto = renglon.texto
        if n in self._titulos:
            titulo = self._titulos[n]
            self._cerrar_listas()
            self._obras.append(Obra(TITULO, [titulo.titulo], n, titulo.nivel, titulo.numero))
        elif nivel := self._preliminar(n, texto):
            self._cerrar_listas()
            self._obras.append(Obra(PRELIMINAR, [texto], n, nivel))
        elif m := _SIGNOS.match(texto):
            self._vineta(n, m["signo"], m["resto"])
        elif (m := _PASO.match(texto)) and self._sigue_paso(int(m["n"])):
            self._paso(n, int(m["n"]), m["resto"])
        elif self._continua(renglon):
            self._obras[-1].renglones.append(texto)
        elif renglon.sangria and self._es_vineta_muda(renglon):
            self._vineta(n, " ", texto)
        else:
            self._parrafo(n, renglon)

    def _continua(self, renglon: Renglon) -> bool:
        """Si un renglón sigue la última pieza: sin blanco antes, o con uno que solo corta la página."""
        if not self._obras or self._obras[-1].clase in {TITULO, PRELIMINAR} or _INCISO.match(renglon.texto):
            return False
        ultima = self._obras[-1]
        sigue = ultima.abierta and (renglon.texto[:1].islower() or not renglon.texto[:1].isalnum())
        if renglon.sangria:
            return sigue
        return not renglon.blanco_antes or sigue or self._quedo_cortado(ultima, renglon.texto)

    def _quedo_cortado(self, ultima: Obra, siguiente: str) -> bool:
        """Si un blanco partió un párrafo por la mitad: quedó en «de la», o el renglón llegaba al borde."""
        if not ultima.abierta or _APARTADO.match(siguiente):
            return False
        renglon = ultima.renglones[-1]
        colgante = renglon.split()[-1].casefold() in _COLGANTES
        return colgante or not self._corto(renglon, siguiente)

    def _parrafo(self, n: int, renglon: Renglon) -> None:
        en_lista = bool(self._obras) and self._obras[-1].clase in {VINETA, PASO}
        if not en_lista or renglon.blanco_antes or renglon.sangria:
            self._cerrar_listas()
        self._obras.append(Obra(PARRAFO, [renglon.texto], n))

    # ---- listas ------------------------------------------------------------------------------------------

    def _cerrar_listas(self) -> None:
        self._en_paso = False

    def _sigue_paso(self, n: int) -> bool:
        ultimo = next((o for o in reversed(self._obras) if o.clase in {PASO, TITULO}), None)
        return n == 1 or (ultimo is not None and ultimo.clase == PASO and int(ultimo.numero) == n - 1)

    def _paso(self, lugar: int, n: int, resto: str) -> None:
        self._listas += n == 1
        self._en_paso = True
        self._obras.append(Obra(PASO, [resto], lugar, 1, str(n), self._listas))

    def _es_vineta_muda(self, renglon: Renglon) -> bool:
        """Si una sangría es una viñeta sin signo: va en blanco aparte, o dentro de una lista o tras «:»."""
        if renglon.sangria > 1 or renglon.blanco_antes:
            return True
        ultima = self._obras[-1] if self._obras else None
        return ultima is not None and (ultima.clase in {VINETA, PASO} or ultima.renglones[-1].endswith(":"))

    def _vineta(self, n: int, signo: str, resto: str) -> None:
        """El nivel sale de qué signo cuelga de cuál; entre dos niveles del mismo signo, del ancho."""
        ultima = self._obras[-1] if self._obras else None
        tras_o = ultima is not None and ultima.clase == VINETA and ultima.numero == "o"
        base = 1 + self._en_paso
        if signo == "o":
            nivel = base + 1
        elif tras_o and ultima is not None and not ultima.abierta and ultima.renglones[-1].endswith(":"):
            nivel = base + 2
        elif ultima is not None and ultima.clase == VINETA and ultima.nivel == base + 2:
            nivel = self._por_ancho(n, base)
        else:
            nivel = base
        self._obras.append(Obra(VINETA, [resto], n, nivel, signo))

    def _por_ancho(self, n: int, base: int) -> int:
        """Si una viñeta sigue en el tercer nivel o vuelve al primero: lo dice el largo de sus renglones."""
        largo = self._largo_de(n)
        anchos = {
            nivel: [o.ancho for o in self._obras if o.clase == VINETA and o.nivel == nivel and o.ancho]
            for nivel in (base, base + 2)
        }
        if not largo or not all(anchos.values()):
            return base + 2
        return min(anchos, key=lambda nivel: abs(max(anchos[nivel][-3:]) - largo))

    def _largo_de(self, n: int) -> int:
        """El largo del primer renglón de una pieza, si tiene más de uno."""
        if n + 1 == len(self._renglones):
            return 0
        siguiente = self._renglones[n + 1]
        return 0 if siguiente.sangria or _SIGNOS.match(siguiente.texto) else len(self._renglones[n].texto)
