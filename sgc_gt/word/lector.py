"""El recorrido de una parte de un documento: de su XML a bloques, en orden.

Recuerda entre párrafos los campos y zonas abiertos. Las reglas de qué se descarta, y el límite de cada una
para que no sirva de escondite, están en docs/decisiones/0002.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from sgc_gt.dominio.forma import CUADRO, LISTA, PARRAFO, TABLA, TITULO, ZONA, Bloque, Celda, nfc, texto_de
from sgc_gt.dominio.huella import serializar
from sgc_gt.word.dibujos import Fuente, alternativa, cuadros, imagenes
from sgc_gt.word.estilos import Estilos
from sgc_gt.word.nombres import ZONAS_TABLA, q, valor, zona_de_control, zona_de_marcador
from sgc_gt.word.tablas import agregar_tabla, casillas, hijos, zona_adentro
from sgc_gt.word.texto import ESPACIO
from sgc_gt.word.tramos import CAMPOS_DE_INDICE, Acumulador, Campo, enlace_normal

LeerNota = Callable[[str, str], tuple[Bloque, ...]]


class Lector:
    """Recorre una parte y va dejando bloques; recuerda campos y zonas abiertos entre párrafos."""

    def __init__(self, fuente: Fuente, estilos: Estilos, leer_nota: LeerNota | None) -> None:
        self._fuente, self._estilos, self._leer_nota = fuente, estilos, leer_nota
        self._campos: list[Campo] = []
        self._zona_tabla: str | None = None
        self._zona_texto: dict[str, str] = {}
        self._parrafo = Acumulador()
        self._estilo = ""
        self._ppr: etree._Element | None = None
        self._listo: list[Bloque] = []

    # ---- bloques -----------------------------------------------------------------------------------------

    def bloques(self, contenedor: etree._Element) -> list[Bloque]:
        """Los bloques de un cuerpo, celda, nota o cuadro, en orden."""
        resultado: list[Bloque] = []
        pegada = False  # si lo último fue una tabla, sin siquiera un párrafo vacío después
        for nodo in contenedor:
            if nodo.tag == q("w:bookmarkStart"):
                self._abrir_marcador(nodo, en_parrafo=False)
                continue
            if nodo.tag == q("w:tbl"):
                resultado = agregar_tabla(resultado, self._leer_tabla(nodo), pegada=pegada)
                pegada = True
                continue
            pegada = pegada and nodo.tag == q("w:bookmarkEnd")
            if nodo.tag == q("w:p"):
                resultado += self._leer_parrafo(nodo)
            elif nodo.tag == q("w:sdt"):
                resultado += self._leer_control(nodo)
            elif nodo.tag in {
                q("w:ins"),
                q("w:moveTo"),
                q("w:customXml"),
                q("w:smartTag"),
                q("w:sdtContent"),
            }:
                resultado += self.bloques(nodo)
            elif nodo.tag == q("mc:AlternateContent"):
                resultado += self.bloques(alternativa(nodo))
        return resultado

    def _leer_control(self, sdt: etree._Element) -> list[Bloque]:
        """Un control de contenido de bloque. Una zona tapa solo su tabla o su único párrafo: nada más."""
        contenido = sdt.find(q("w:sdtContent"))
        if contenido is None:
            return []
        zona = zona_de_control(sdt)
        if zona in ZONAS_TABLA:
            self._zona_tabla = zona
            bloques = self.bloques(contenido)
            self._zona_tabla = None
            return bloques
        bloques = self.bloques(contenido)
        if zona is not None and len(bloques) <= 1:
            return [_bloque_zona(zona)]
        return bloques

    def _leer_tabla(self, tabla: etree._Element) -> list[Bloque]:
        zona = self._zona_tabla or zona_adentro(tabla)
        if zona is not None:
            self._zona_tabla = None
            return [_bloque_zona(zona)]
        filas = tuple(
            tuple(self._leer_celda(c) for c in hijos(fila, "w:tc")) for fila in hijos(tabla, "w:tr")
        )
        if not any(celda for fila in filas for celda in fila):
            return []
        return [Bloque(TABLA, filas=filas, casillas=casillas(tabla))]

    def _leer_celda(self, celda: etree._Element) -> Celda:
        control = celda.getparent()
        sdt = None if control is None else control.getparent()
        bloques = tuple(self.bloques(celda))
        if sdt is not None and sdt.tag == q("w:sdt") and len(bloques) <= 1:
            zona = zona_de_control(sdt)
            if zona is not None:
                return (_bloque_zona(zona),)
        return bloques

    # ---- párrafos ----------------------------------------------------------------------------------------

    def _leer_parrafo(self, parrafo: etree._Element) -> list[Bloque]:
        self._ppr = parrafo.find(q("w:pPr"))
        self._estilo = self._estilos.estilo(self._ppr)
        self._parrafo, self._listo = Acumulador(), []
        self._soltar_campos()
        self._linea(parrafo, ())
        self._zona_texto.clear()  # una zona de texto nunca pasa de su párrafo
        self._cortar()
        return self._listo

    def _soltar_campos(self) -> None:
        """Al pasar de párrafo solo siguen tapando los índices, y solo párrafos con estilo de índice.

        Si no, bastaría un campo abierto para esconder páginas de la huella.
        """
        if not self._campos:
            return
        es_indice = self._estilos.es_indice(self._ppr)
        for campo in self._campos:
            if campo.en_resultado and (campo.clase not in CAMPOS_DE_INDICE or not es_indice):
                campo.instruccion = "QUOTE"

    def _cortar(self) -> None:
        """Cierra el párrafo (o el pedazo antes de un salto de página, que LibreOffice separa)."""
        parrafo, self._parrafo = self._parrafo, Acumulador()
        for campo in self._campos:
            campo.inicio = 0
        if not parrafo.vacio():
            self._listo.append(self._bloque(*parrafo.cerrar()))
        self._listo += parrafo.cuadros

    def _bloque(self, texto: str, marcas: tuple[Any, ...]) -> Bloque:
        if (
            len(marcas) == 1
            and marcas[0].clase == "zona"
            and (marcas[0].desde, marcas[0].hasta) == (0, len(texto))
        ):
            return _bloque_zona(marcas[0].dato)
        if nivel := self._estilos.nivel_titulo(self._ppr):
            return Bloque(TITULO, nivel, texto, marcas)
        numeral = self._estilos.numeral(self._ppr)
        if numeral is not None:
            return Bloque(LISTA, numeral.nivel + 1, texto, marcas)
        return Bloque(PARRAFO, 0, texto, marcas)

    def _linea(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        """El contenido en línea de un nodo; `marcas` son las que hereda (enlace, suprimido)."""
        for hijo in nodo:
            lector = _EN_LINEA.get(hijo.tag) if isinstance(hijo.tag, str) else None
            if lector is not None:
                lector(self, hijo, marcas)

    def _leer_tramo(self, tramo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        rpr = tramo.find(q("w:rPr"))
        propias = list(marcas)
        tachado = self._estilos.encendido("w:strike", rpr, self._estilo)
        if tachado or self._estilos.encendido("w:dstrike", rpr, self._estilo):
            propias.append(("tachado", ""))
        if self._estilos.encendido("w:vanish", rpr, self._estilo):
            propias.append(("oculto", ""))
        self._linea(tramo, tuple(propias))

    def _escribir(self, texto: str, marcas: Iterable[tuple[str, str]]) -> None:
        if not self._zona_texto and not any(campo.calla for campo in self._campos):
            enlaces = [("enlace", c.destino) for c in self._campos if c.clase == "HYPERLINK"]
            self._parrafo.agregar(texto, *marcas, *enlaces)

    def _leer_salto(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        if valor(nodo, "w:type") in {"page", "column"}:
            self._cortar()
        else:
            self._escribir("\n", marcas)

    def _leer_simbolo(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        codigo = int(valor(nodo, "w:char") or "0", 16)
        # Los símbolos de fuente viven en F000-F0FF; según quién guarde, vienen con o sin ese prefijo.
        self._escribir(chr(codigo if codigo >= 0xF000 else codigo | 0xF000), marcas)

    def _leer_enlace(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        rel = self._fuente.rels.get(nodo.get(q("r:id"), ""))
        destino = enlace_normal(rel.destino if rel else "", valor(nodo, "w:anchor") or "")
        self._linea(nodo, (*marcas, ("enlace", destino)) if destino else marcas)

    def _leer_suprimido(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        self._linea(nodo, (*marcas, ("suprimido", "")))

    def _leer_formula(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        self._escribir("".join(t.text or "" for t in nodo.iter(q("m:t"))), marcas)

    def _leer_llamada(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        if self._leer_nota is None:
            return
        clase = etree.QName(nodo).localname.removesuffix("Reference")
        bloques = self._leer_nota(clase, nodo.get(q("w:id"), ""))
        hash_nota = hashlib.sha256(serializar(bloques).encode("utf-8", "surrogatepass")).hexdigest()
        self._escribir(f"[nota: {texto_de(bloques)}]", [*marcas, ("nota", hash_nota)])

    # ---- campos ------------------------------------------------------------------------------------------

    def _leer_campo(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        clase = valor(nodo, "w:fldCharType")
        if clase == "begin":
            self._campos.append(Campo())
        elif clase == "separate" and self._campos:
            self._anunciar(self._campos[-1], marcas)
            self._campos[-1].en_resultado = True
        elif clase == "end" and self._campos:
            self._anunciar(self._campos[-1], marcas)
            self._campos.pop()

    def _anunciar(self, campo: Campo, marcas: Iterable[tuple[str, str]]) -> None:
        """Deja «[#]» donde va el resultado de un campo: lo que el programa calcula no es contenido."""
        if campo.anunciado or not campo.calla or campo.clase in CAMPOS_DE_INDICE or not campo.clase:
            campo.anunciado = True
            return
        campo.anunciado = True
        campo.en_resultado = True
        if not campo.calla:  # HYPERLINK y los de texto: su resultado es contenido
            return
        self._campos.pop()
        self._escribir("[#]", [*marcas, ("campo", nfc(campo.dato))])
        self._campos.append(campo)

    def _leer_instruccion(self, nodo: etree._Element, _: object) -> None:
        if self._campos and not self._campos[-1].en_resultado:
            self._campos[-1].instruccion += nodo.text or ""

    def _leer_campo_simple(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        campo = Campo(valor(nodo, "w:instr") or "")
        self._campos.append(campo)
        self._anunciar(campo, marcas)
        campo.en_resultado = True
        self._linea(nodo, marcas)
        self._campos.remove(campo)

    # ---- zonas -------------------------------------------------------------------------------------------

    def _abrir_marcador(self, nodo: etree._Element, *, en_parrafo: bool) -> None:
        zona = zona_de_marcador(valor(nodo, "w:name") or "")
        if zona in ZONAS_TABLA:
            self._zona_tabla = zona
        elif zona is not None and en_parrafo:
            if zona not in self._zona_texto.values():
                self._escribir_zona(zona)
            self._zona_texto[nodo.get(q("w:id"), "")] = zona

    def _leer_marcador(self, nodo: etree._Element, _: object) -> None:
        self._abrir_marcador(nodo, en_parrafo=True)

    def _cerrar_marcador(self, nodo: etree._Element, _: object) -> None:
        self._zona_texto.pop(nodo.get(q("w:id"), ""), None)

    def _leer_control_en_linea(self, sdt: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        zona = zona_de_control(sdt)
        contenido = sdt.find(q("w:sdtContent"))
        if contenido is None:
            return
        if zona is None or zona in ZONAS_TABLA:
            self._linea(contenido, marcas)
            return
        if zona not in self._zona_texto.values():
            self._escribir_zona(zona)
        self._zona_texto["control"] = zona
        self._linea(contenido, marcas)
        self._zona_texto.pop("control", None)

    def _escribir_zona(self, zona: str) -> None:
        self._escribir(f"[{zona}]", [("zona", zona)])

    # ---- dibujos -----------------------------------------------------------------------------------------

    def _leer_dibujo(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        if self._zona_texto or any(campo.calla for campo in self._campos):
            return
        flota = nodo.find(q("wp:anchor")) is not None
        for alt, dato in imagenes(self._fuente, nodo):
            texto = f"[imagen: {alt}]" if alt else "[imagen]"
            if flota:
                self._parrafo.flotantes.append((texto, dato))
            else:
                self._escribir(texto, [*marcas, ("imagen", dato)])
        for cuadro in cuadros(nodo):
            otro = Lector(self._fuente, self._estilos, self._leer_nota)
            if bloques := tuple(otro.bloques(cuadro)):
                self._parrafo.cuadros.append(Bloque(CUADRO, bloques=bloques))

    def _leer_alternativa(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        self._linea(alternativa(nodo), marcas)


def _bloque_zona(zona: str) -> Bloque:
    return Bloque(ZONA, texto=zona)


_Lectura = Callable[[Lector, etree._Element, tuple[tuple[str, str], ...]], None]


def _texto(lector: Lector, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
    """El texto de un tramo. Sin `xml:space="preserve"` los espacios de los extremos no existen para Word."""
    texto = nodo.text or ""
    lector._escribir(texto if nodo.get(ESPACIO) == "preserve" else texto.strip(" \t\r\n"), marcas)


def _caracter(caracter: str) -> _Lectura:
    def leer(lector: Lector, _: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        lector._escribir(caracter, marcas)

    return leer


_EN_LINEA: dict[str, _Lectura] = {
    q("w:r"): Lector._leer_tramo,
    q("w:t"): _texto,
    q("w:delText"): _texto,
    q("w:tab"): _caracter("\t"),
    q("w:ptab"): _caracter("\t"),
    q("w:br"): Lector._leer_salto,
    q("w:cr"): _caracter("\n"),
    q("w:noBreakHyphen"): _caracter("\u2011"),
    q("w:softHyphen"): _caracter("\u00ad"),
    q("w:sym"): Lector._leer_simbolo,
    q("w:hyperlink"): Lector._leer_enlace,
    q("w:ins"): Lector._linea,
    q("w:moveTo"): Lector._linea,
    q("w:del"): Lector._leer_suprimido,
    q("w:moveFrom"): Lector._leer_suprimido,
    q("w:smartTag"): Lector._linea,
    q("w:customXml"): Lector._linea,
    q("w:bdo"): Lector._linea,
    q("w:dir"): Lector._linea,
    q("w:ruby"): Lector._linea,
    q("w:rubyBase"): Lector._linea,
    q("w:sdt"): Lector._leer_control_en_linea,
    q("w:fldChar"): Lector._leer_campo,
    q("w:instrText"): Lector._leer_instruccion,
    q("w:fldSimple"): Lector._leer_campo_simple,
    q("w:bookmarkStart"): Lector._leer_marcador,
    q("w:bookmarkEnd"): Lector._cerrar_marcador,
    q("w:footnoteReference"): Lector._leer_llamada,
    q("w:endnoteReference"): Lector._leer_llamada,
    q("w:drawing"): Lector._leer_dibujo,
    q("w:pict"): Lector._leer_dibujo,
    q("mc:AlternateContent"): Lector._leer_alternativa,
    q("m:oMath"): Lector._leer_formula,
    q("m:oMathPara"): Lector._leer_formula,
}
"""Qué hacer con cada elemento en línea; lo que no está aquí no es texto (pPr, proofErr, comentarios)."""
