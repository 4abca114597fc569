"""La forma normal de un DOCX: todo lo que dice, leído del XML y no con python-docx.

python-docx no ve el texto dentro de controles de contenido (ni las tablas envueltas en uno). Lo que se
descarta y lo que se conserva, y por qué, está en docs/decisiones/0002.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from sgc_gt.dominio.forma import (
    CUADRO,
    LISTA,
    PARRAFO,
    TABLA,
    TITULO,
    ZONA,
    Bloque,
    Celda,
    Encabezado,
    FormaNormal,
    nfc,
    texto_de,
)
from sgc_gt.dominio.huella import serializar
from sgc_gt.word.estilos import Estilos
from sgc_gt.word.nombres import NS, ZONAS_TABLA, leer_xml, q, valor, zona_de_control, zona_de_marcador
from sgc_gt.word.paquete import documento, relaciones
from sgc_gt.word.puerta import abrir
from sgc_gt.word.tramos import CAMPOS_DE_INDICE, Acumulador, Campo, enlace_normal

_CLASES_ENCABEZADO = {
    ("headerReference", "default"): "encabezado",
    ("headerReference", "first"): "encabezado_primera",
    ("headerReference", "even"): "encabezado_par",
    ("footerReference", "default"): "pie",
    ("footerReference", "first"): "pie_primera",
    ("footerReference", "even"): "pie_par",
}
_REVISIONES = tuple(
    q(f"w:{nombre}")
    for nombre in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
        "tcPrChange", "sectPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    )
)  # fmt: skip


def forma_normal(docx: bytes, nombre: str = "el documento") -> FormaNormal:
    """La forma normal de un DOCX que pasa la puerta."""
    return forma_de_partes(abrir(docx, nombre))


def forma_de_partes(partes: dict[str, bytes]) -> FormaNormal:
    """Igual que `forma_normal`, de partes ya abiertas."""
    principal = documento(partes)
    estilos = Estilos(partes, principal)
    raiz = leer_xml(partes[principal], principal)
    notas = _Notas(partes, principal, estilos)
    cuerpo = raiz.find(q("w:body"))
    bloques = () if cuerpo is None else _Lector(partes, principal, estilos, notas).bloques(cuerpo)
    return FormaNormal(tuple(bloques), tuple(_encabezados(partes, principal, raiz, estilos)))


def tiene_revisiones(docx: bytes, nombre: str = "el documento") -> bool:
    """Si hay cambios marcados sin aceptar ni rechazar en el cuerpo, encabezados, pies o notas."""
    partes = abrir(docx, nombre)
    return any(
        next(leer_xml(contenido, parte).iter(*_REVISIONES), None) is not None
        for parte, contenido in partes.items()
        if parte.startswith("word/") and parte.endswith(".xml")
    )


def _encabezados(
    partes: dict[str, bytes], principal: str, raiz: etree._Element, estilos: Estilos
) -> Iterator[Encabezado]:
    """Encabezados y pies de cada sección, una vez cada contenido distinto."""
    rels = relaciones(partes, principal)
    vistos: set[Encabezado] = set()
    for nodo in raiz.iter(q("w:headerReference"), q("w:footerReference")):
        rel = rels.get(nodo.get(q("r:id"), ""))
        if rel is None or rel.destino not in partes:
            continue
        clase = _CLASES_ENCABEZADO.get((etree.QName(nodo).localname, valor(nodo, "w:type") or "default"))
        lector = _Lector(partes, rel.destino, estilos, None)
        bloques = tuple(lector.bloques(leer_xml(partes[rel.destino], rel.destino)))
        encabezado = Encabezado(clase or "encabezado", bloques)
        if bloques and encabezado not in vistos:
            vistos.add(encabezado)
            yield encabezado


class _Notas:
    """Las notas al pie y al final, leídas cuando el texto las llama."""

    def __init__(self, partes: dict[str, bytes], principal: str, estilos: Estilos) -> None:
        self._partes, self._estilos = partes, estilos
        self._nodos: dict[tuple[str, str], tuple[str, etree._Element]] = {}
        for rel in relaciones(partes, principal).values():
            if rel.clase in {"footnotes", "endnotes"} and rel.destino in partes:
                clase = rel.clase.removesuffix("s")
                for nodo in leer_xml(partes[rel.destino], rel.destino).iterfind(f"w:{clase}", NS):
                    self._nodos[clase, nodo.get(q("w:id"), "")] = (rel.destino, nodo)

    def leer(self, clase: str, numero: str) -> tuple[Bloque, ...]:
        if (clase, numero) not in self._nodos:
            return ()
        parte, nodo = self._nodos[clase, numero]
        bloques = _Lector(self._partes, parte, self._estilos, None).bloques(nodo)
        return tuple(_sin_margen(bloques))


def _sin_margen(bloques: Iterable[Bloque]) -> Iterator[Bloque]:
    """Las notas sin el espacio que sigue al número ni la clase de párrafo, que cada programa cambia."""
    for bloque in bloques:
        corte = len(bloque.texto) - len(bloque.texto.lstrip())
        marcas = tuple(
            m._replace(desde=max(0, m.desde - corte), hasta=max(0, m.hasta - corte)) for m in bloque.marcas
        )
        clase = PARRAFO if bloque.clase == LISTA else bloque.clase
        yield Bloque(clase, 0, bloque.texto[corte:], marcas, bloque.filas, bloque.bloques)


class _Lector:
    """Recorre una parte y va dejando bloques; recuerda campos y zonas abiertos entre párrafos."""

    def __init__(self, partes: dict[str, bytes], parte: str, estilos: Estilos, notas: _Notas | None) -> None:
        self._partes, self._estilos, self._notas = partes, estilos, notas
        self._rels = relaciones(partes, parte)
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
                resultado = _agregar_tabla(resultado, self._leer_tabla(nodo), pegada=pegada)
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
                resultado += self.bloques(_alternativa(nodo))
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
        zona = self._zona_tabla or _zona_adentro(tabla)
        if zona is not None:
            self._zona_tabla = None
            return [_bloque_zona(zona)]
        filas = tuple(
            tuple(self._leer_celda(c) for c in _hijos(fila, "w:tc")) for fila in _hijos(tabla, "w:tr")
        )
        return [Bloque(TABLA, filas=filas)] if any(celda for fila in filas for celda in fila) else []

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
        rel = self._rels.get(nodo.get(q("r:id"), ""))
        destino = enlace_normal(rel.destino if rel else "", valor(nodo, "w:anchor") or "")
        self._linea(nodo, (*marcas, ("enlace", destino)) if destino else marcas)

    def _leer_suprimido(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        self._linea(nodo, (*marcas, ("suprimido", "")))

    def _leer_formula(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        self._escribir("".join(t.text or "" for t in nodo.iter(q("m:t"))), marcas)

    def _leer_llamada(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        if self._notas is None:
            return
        clase = etree.QName(nodo).localname.removesuffix("Reference")
        bloques = self._notas.leer(clase, nodo.get(q("w:id"), ""))
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
            campo = self._campos.pop()
            self._campos.append(campo)
            self._anunciar(campo, marcas)
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
        for alt, dato in self._imagenes(nodo):
            texto = f"[imagen: {alt}]" if alt else "[imagen]"
            if flota:
                self._parrafo.flotantes.append((texto, dato))
            else:
                self._escribir(texto, [*marcas, ("imagen", dato)])
        for cuadro in nodo.iter(q("w:txbxContent")):
            if not _dentro_de_otro(cuadro, nodo):
                lector = _Lector.__new__(_Lector)
                lector.__dict__.update(self.__dict__, _campos=[], _zona_texto={}, _zona_tabla=None)
                if bloques := tuple(lector.bloques(cuadro)):
                    self._parrafo.cuadros.append(Bloque(CUADRO, bloques=bloques))

    def _imagenes(self, nodo: etree._Element) -> Iterator[tuple[str, str]]:
        """(texto alternativo, hash) de cada imagen del dibujo; los gráficos, por sus valores."""
        propiedades = next(nodo.iter(q("wp:docPr")), None)
        alt = "" if propiedades is None else propiedades.get("descr") or propiedades.get("title") or ""
        for blip in nodo.iter(q("a:blip")):
            yield nfc(alt.strip()), self._hash_de(blip.get(q("r:embed"), ""))
        for datos in nodo.iter(q("v:imagedata")):
            figura = datos.getparent()
            alt_vml = "" if figura is None else figura.get("alt") or ""
            yield nfc(alt_vml.strip()), self._hash_de(datos.get(q("r:id"), ""))
        for grafico in nodo.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"):
            yield nfc(alt.strip()), self._valores_grafico(grafico.get(q("r:id"), ""))

    def _hash_de(self, identificador: str) -> str:
        rel = self._rels.get(identificador)
        contenido = b"" if rel is None else self._partes.get(rel.destino, b"")
        return hashlib.sha256(contenido).hexdigest()

    def _valores_grafico(self, identificador: str) -> str:
        rel = self._rels.get(identificador)
        if rel is None or rel.destino not in self._partes:
            return ""
        raiz = leer_xml(self._partes[rel.destino], rel.destino)
        valores = [
            n.text or "" for n in raiz.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}v")
        ]
        return hashlib.sha256("\x1f".join(valores).encode()).hexdigest()

    def _leer_alternativa(self, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        self._linea(_alternativa(nodo), marcas)


def _bloque_zona(zona: str) -> Bloque:
    return Bloque(ZONA, texto=zona)


def _alternativa(nodo: etree._Element) -> etree._Element:
    """De un contenido con alternativas, la primera (la que un Word actual muestra)."""
    opcion = nodo.find(q("mc:Choice"))
    return nodo if opcion is None else opcion


def _hijos(nodo: etree._Element, nombre: str) -> Iterator[etree._Element]:
    """Hijos de un nombre, aunque estén envueltos en controles de contenido o revisiones."""
    for hijo in nodo:
        if hijo.tag == q(nombre):
            yield hijo
        elif hijo.tag in {q("w:sdt"), q("w:sdtContent"), q("w:ins"), q("w:customXml"), q("w:moveTo")}:
            yield from _hijos(hijo, nombre)


def _agregar_tabla(bloques: list[Bloque], leida: list[Bloque], *, pegada: bool) -> list[Bloque]:
    """Dos tablas sin nada entre ellas son una: así las muestra Word y así las guarda LibreOffice."""
    if pegada and bloques and leida and bloques[-1].clase == leida[0].clase == TABLA:
        unida = Bloque(TABLA, filas=bloques[-1].filas + leida[0].filas)
        return [*bloques[:-1], unida]
    return bloques + leida


def _zona_adentro(tabla: etree._Element) -> str | None:
    """La zona de tabla cuyo marcador quedó en un párrafo de sus celdas.

    LibreOffice lo mete en la primera celda y en la última, y al guardar otra vez deja solo el de la última.
    """
    for marcador in tabla.iter(q("w:bookmarkStart")):
        zona = zona_de_marcador(valor(marcador, "w:name") or "")
        if zona in ZONAS_TABLA and tabla_que_contiene(marcador) is tabla:
            return zona
    return None


def tabla_que_contiene(marcador: etree._Element) -> etree._Element | None:
    """La tabla más cercana que tiene el marcador dentro de un párrafo de una celda."""
    parrafo = next(marcador.iterancestors(q("w:p")), None)
    return None if parrafo is None else next(parrafo.iterancestors(q("w:tbl")), None)


def _dentro_de_otro(cuadro: etree._Element, dibujo: etree._Element) -> bool:
    """Si el cuadro está dentro de otro cuadro del mismo dibujo (lo lee ese) o en la copia de respaldo."""
    padre = cuadro.getparent()
    while padre is not None and padre is not dibujo:
        if padre.tag in {q("w:txbxContent"), q("mc:Fallback")}:
            return True
        padre = padre.getparent()
    return False


_Lectura = Callable[[_Lector, etree._Element, tuple[tuple[str, str], ...]], None]


def _texto(caracter: str | None = None) -> _Lectura:
    def leer(lector: _Lector, nodo: etree._Element, marcas: tuple[tuple[str, str], ...]) -> None:
        lector._escribir(caracter if caracter is not None else nodo.text or "", marcas)

    return leer


_EN_LINEA: dict[str, _Lectura] = {
    q("w:r"): _Lector._leer_tramo,
    q("w:t"): _texto(),
    q("w:delText"): _texto(),
    q("w:tab"): _texto("\t"),
    q("w:ptab"): _texto("\t"),
    q("w:br"): _Lector._leer_salto,
    q("w:cr"): _texto("\n"),
    q("w:noBreakHyphen"): _texto("\u2011"),
    q("w:softHyphen"): _texto("\u00ad"),
    q("w:sym"): _Lector._leer_simbolo,
    q("w:hyperlink"): _Lector._leer_enlace,
    q("w:ins"): _Lector._linea,
    q("w:moveTo"): _Lector._linea,
    q("w:del"): _Lector._leer_suprimido,
    q("w:moveFrom"): _Lector._leer_suprimido,
    q("w:smartTag"): _Lector._linea,
    q("w:customXml"): _Lector._linea,
    q("w:bdo"): _Lector._linea,
    q("w:dir"): _Lector._linea,
    q("w:ruby"): _Lector._linea,
    q("w:rubyBase"): _Lector._linea,
    q("w:sdt"): _Lector._leer_control_en_linea,
    q("w:fldChar"): _Lector._leer_campo,
    q("w:instrText"): _Lector._leer_instruccion,
    q("w:fldSimple"): _Lector._leer_campo_simple,
    q("w:bookmarkStart"): _Lector._leer_marcador,
    q("w:bookmarkEnd"): _Lector._cerrar_marcador,
    q("w:footnoteReference"): _Lector._leer_llamada,
    q("w:endnoteReference"): _Lector._leer_llamada,
    q("w:drawing"): _Lector._leer_dibujo,
    q("w:pict"): _Lector._leer_dibujo,
    q("mc:AlternateContent"): _Lector._leer_alternativa,
    q("m:oMath"): _Lector._leer_formula,
    q("m:oMathPara"): _Lector._leer_formula,
}
"""Qué hacer con cada elemento en línea; lo que no está aquí no es texto (pPr, proofErr, comentarios)."""
