"""Plantillas compiladas: lo que depende solo de la plantilla se hace una vez por proceso.

docxtpl abre, parcha y compila la plantilla en cada generación: 80-95 % de su tiempo. Aquí `compilar` deja
el paquete abierto y cada parte con etiquetas compilada; `generar` solo ejecuta, revisa y empaqueta.
"""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import Template as PlantillaJinja
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from sgc_gt.errores import ConfiguracionInvalida, EntradaInvalida, Problema, Rechazo
from sgc_gt.word import arreglos, etiquetas, imagen, indice, jinja_seguro, propiedades
from sgc_gt.word.estilos import Estilos
from sgc_gt.word.imagen import Imagen
from sgc_gt.word.nombres import analizador, escribir_xml, leer_xml
from sgc_gt.word.paquete import Partes, documento, empaquetar, relaciones
from sgc_gt.word.puerta import abrir
from sgc_gt.word.texto import limpiar

Filtros = Mapping[str, Callable[..., Any]]
_CLASES_CON_ETIQUETAS = {"header", "footer", "footnotes", "endnotes"}
_BASE_POR_PARTE = 100_000
_PLANTILLAS_EN_MEMORIA = 64


@dataclass(frozen=True, slots=True)
class _Parte:
    """Una parte con etiquetas, lista para ejecutarse."""

    nombre: str
    jinja: PlantillaJinja
    fuente: str
    base: int
    columnas: bool
    es_documento: bool


@dataclass(frozen=True)
class Plantilla:
    """Una plantilla Word lista para generar. Se construye con `Plantilla.compilar`."""

    nombre: str
    sha256: str
    partes: Partes
    _compiladas: tuple[_Parte, ...] = field(repr=False)
    _estilos: Estilos = field(repr=False)
    _filtros: frozenset[str] = frozenset()

    @classmethod
    def compilar(cls, datos: bytes, nombre: str, *, solo_margenes: bool = False) -> Plantilla:
        """La plantilla compilada (una vez por proceso para los mismos bytes).

        `solo_margenes` deja fuera el cuerpo, que es casi todo el trabajo: alcanza para sellar.
        """
        return _compilar(datos, nombre, solo_margenes)

    def variables(self) -> set[str]:
        """Los nombres del contexto que la plantilla usa."""
        # Solo se preguntan al configurar: hallarlas cuesta tanto como compilar la plantilla.
        entorno = jinja_seguro.Entorno()
        entorno.filters.update(dict.fromkeys(self._filtros, str))  # buscarlas exige que existan
        arboles = (entorno.parse(parte.fuente) for parte in self._compiladas)
        return set().union(*map(meta.find_undeclared_variables, arboles))

    def filtros(self) -> set[str]:
        """Los filtros que la plantilla pide al sistema (los propios de Jinja no)."""
        return set(self._filtros)

    def generar(self, contexto: Mapping[str, object], filtros: Filtros, *, comprimir: bool = False) -> bytes:
        """El documento: mismos bytes para la misma plantilla, contexto y filtros."""
        return empaquetar(self.generar_partes(contexto, filtros), comprimir=comprimir)

    def generar_partes(self, contexto: Mapping[str, object], filtros: Filtros) -> Partes:
        """Las partes del documento generado, sin empaquetar."""
        partes = self._partes_generadas(contexto, filtros, self._compiladas)
        propiedades.poner_nucleo(partes, _nucleo(contexto))
        return partes

    def generar_encabezados(self, contexto: Mapping[str, object], filtros: Filtros) -> Partes:
        """Las partes con solo encabezados y pies generados: el sello no necesita los datos del cuerpo."""
        margenes = tuple(parte for parte in self._compiladas if not parte.es_documento)
        return self._partes_generadas(contexto, filtros, margenes)

    def _partes_generadas(
        self, contexto: Mapping[str, object], filtros: Filtros, compiladas: tuple[_Parte, ...]
    ) -> Partes:
        self._exigir_filtros(filtros)
        partes = dict(self.partes)
        for parte in compiladas:
            limites = jinja_seguro.Limites()
            xml = self._ejecutar(parte, contexto, filtros, limites)
            raiz = self._analizar(parte, xml)
            if "\n" in xml or "\t" in xml:
                arreglos.partir_lineas(raiz)
            imagen.insertar(partes, parte.nombre, raiz, limites.imagenes)
            self._ordenar(parte, raiz)
            partes[parte.nombre] = escribir_xml(raiz)
        return partes

    def _exigir_filtros(self, filtros: Filtros) -> None:
        if faltan := sorted(self._filtros - set(filtros)):
            raise ConfiguracionInvalida(
                f"la plantilla usa filtros que no existen: {', '.join(faltan)}",
                lugar=self.nombre,
                esperado=f"uno de {', '.join(sorted(filtros)) or 'los filtros del sistema'}",
            )

    def _ejecutar(
        self, parte: _Parte, contexto: Mapping[str, object], filtros: Filtros, limites: jinja_seguro.Limites
    ) -> str:
        propios = {**contexto, jinja_seguro.GENERACION: limites, "_filtros": filtros}
        try:
            xml = "".join(parte.jinja.root_render_func(parte.jinja.new_context(propios)))
        except Exception as error:  # noqa: BLE001 — todo fallo se vuelve un rechazo que dice el párrafo
            # `rewrite_traceback_stack` de Jinja deja las líneas de la plantilla en la traza.
            try:
                parte.jinja.environment.handle_exception()
            except Exception as traducido:  # noqa: BLE001 — ídem
                raise self._rechazo(parte, traducido) from error
        xml = xml.replace("\n<w:p", "<w:p")
        for escapada, simple in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            xml = xml.replace(escapada, simple)
        return xml

    def _rechazo(self, parte: _Parte, error: Exception) -> Exception:
        lugar = f"{self.nombre}, {parte.nombre}, {_donde(parte, error)}"
        if isinstance(error, UndefinedError):
            return EntradaInvalida(
                error.message or "falta un dato",
                lugar=lugar,
                hacer="Complete el dato, o corrija el nombre en la plantilla.",
            )
        if isinstance(error, jinja_seguro.PlantillaDesbocada | RecursionError | MemoryError):
            return jinja_seguro.rechazo_desbocada(self.nombre)
        if isinstance(error, SecurityError):
            return ConfiguracionInvalida(
                f"la plantilla intenta algo que no está permitido ({error})", lugar=lugar
            )
        if isinstance(error, Rechazo):
            error.lugar = error.lugar or lugar
            return error
        if isinstance(error, TemplateError | TypeError | ValueError | LookupError | ArithmeticError):
            return EntradaInvalida("un dato no sirve para lo que la plantilla hace con él", lugar=lugar)
        return error

    def _analizar(self, parte: _Parte, xml: str) -> etree._Element:
        """Relectura estricta: si el resultado no es XML válido se dice, no se recorta."""
        try:
            return etree.fromstring(xml.encode("utf-8"), analizador())
        except etree.XMLSyntaxError as error:
            raise ConfiguracionInvalida(
                f"la plantilla produce un documento dañado ({error.msg})",
                lugar=f"{self.nombre}, {parte.nombre}",
                hacer="Revise que cada bloque abra y cierre al mismo nivel, sin etiquetas en atributos.",
            ) from error

    def _ordenar(self, parte: _Parte, raiz: etree._Element) -> None:
        arreglos.completar(raiz)
        if parte.columnas:
            arreglos.rehacer_rejillas(raiz)
        if parte.es_documento:
            indice.completar_indice(raiz, self._estilos)
        arreglos.renumerar(raiz, parte.base)


def _donde(parte: _Parte, error: Exception) -> str:
    """El párrafo de la plantilla en que se produjo un error."""
    lineas = [
        marco.lineno or 1
        for marco in traceback.extract_tb(error.__traceback__)
        if marco.filename == parte.jinja.filename
    ]
    return etiquetas.parrafo_en(parte.fuente, lineas[-1] if lineas else 1)


def _nucleo(contexto: Mapping[str, object]) -> dict[str, str]:
    """Título y autor (la institución) para las propiedades, si el contexto los trae."""
    resultado = {}
    for etiqueta, grupo, clave in (("dc:title", "doc", "titulo"), ("dc:creator", "servicio", "nombre")):
        valores = contexto.get(grupo)
        if isinstance(valores, Mapping) and isinstance(valores.get(clave), str):
            resultado[etiqueta] = limpiar(valores[clave])
    return resultado


@lru_cache(maxsize=_PLANTILLAS_EN_MEMORIA)
def _compilar(datos: bytes, nombre: str, solo_margenes: bool) -> Plantilla:
    partes = abrir(datos, nombre)
    principal = documento(partes)
    propiedades.poner_nucleo(partes, {})
    _sin_estadisticas(partes)
    entorno = jinja_seguro.Entorno()
    nativos = set(entorno.filters)
    compiladas: list[_Parte] = []
    problemas: list[Problema] = []
    for numero, parte in enumerate(_partes_con_etiquetas(partes, principal), start=1):
        if solo_margenes and parte == principal:
            continue
        raiz = leer_xml(partes[parte], parte)
        fuente, propios = etiquetas.preparar(raiz, parte)
        problemas += propios
        if not fuente:
            if parte == principal:
                indice.completar_indice(raiz, Estilos(partes, principal))
            arreglos.renumerar(raiz, numero * _BASE_POR_PARTE)
            partes[parte] = escribir_xml(raiz)
            continue
        arbol, propios = _leer_jinja(entorno, fuente, parte)
        problemas += propios
        if arbol is None:
            continue
        jinja = _compilar_jinja(entorno, arbol, f"<{parte}>")
        columnas = etiquetas.tiene_columnas(fuente)
        compiladas.append(
            _Parte(parte, jinja, fuente, numero * _BASE_POR_PARTE, columnas, parte == principal)
        )
    if problemas:
        raise ConfiguracionInvalida(
            "la plantilla no se puede usar", lugar=nombre, hacer="Corríjala en Word.", problemas=problemas
        )
    return Plantilla(
        nombre,
        hashlib.sha256(datos).hexdigest(),
        partes,
        tuple(compiladas),
        Estilos(partes, principal),
        frozenset(set(entorno.filters) - nativos),
    )


def _sin_estadisticas(partes: Partes) -> None:
    """Fuera la miniatura y los conteos de la plantilla (páginas, minutos de edición): serían falsos."""
    for rel in list(relaciones(partes, "").values()):
        if rel.clase == "extended-properties" and rel.destino in partes:
            raiz = leer_xml(partes[rel.destino], rel.destino)
            for nodo in list(raiz):
                if etree.QName(nodo).localname not in {"Application", "Company"}:
                    raiz.remove(nodo)
            partes[rel.destino] = escribir_xml(raiz)


def _partes_con_etiquetas(partes: Partes, principal: str) -> list[str]:
    """El documento y sus encabezados, pies y notas, en orden fijo."""
    otras = {
        rel.destino
        for rel in relaciones(partes, principal).values()
        if rel.clase in _CLASES_CON_ETIQUETAS and rel.destino in partes
    }
    return [principal, *sorted(otras)]


_TROPIEZOS = (
    (re.compile(r"Unexpected end of template"), "se abre una etiqueta que nunca se cierra"),
    (re.compile(r"unknown tag '(?:end)?(\w+)'"), r"«\1» no es una etiqueta, o se cierra sin haberse abierto"),
    (re.compile(r"unexpected '(.+?)'"), r"sobra «\1»"),
    (re.compile(r"expected token '(.+?)', got '(.+?)'"), r"se esperaba «\1» y hay «\2»"),
)


def _en_palabras(mensaje: str) -> str:
    """El tropiezo de sintaxis, en palabras de quien edita la plantilla."""
    for patron, frase in _TROPIEZOS:
        if hallado := patron.search(mensaje):
            return hallado.expand(frase)
    return "revise llaves, comillas y nombres"


def _leer_jinja(
    entorno: jinja_seguro.Entorno, fuente: str, parte: str
) -> tuple[nodes.Template | None, list[Problema]]:
    """El árbol de una parte, ya blindado, o los problemas que tiene."""
    try:
        arbol = entorno.parse(fuente)
    except TemplateSyntaxError as error:
        lugar = f"{parte}, {etiquetas.parrafo_en(fuente, error.lineno)}"
        return None, [Problema(f"hay una etiqueta mal escrita: {_en_palabras(error.message or '')}", lugar)]
    todos = jinja_seguro.nodos_de(arbol)
    for filtro in jinja_seguro.filtros_usados(todos) - set(entorno.filters):
        jinja_seguro.delegar(entorno, filtro)
    problemas = [p._replace(lugar=p.lugar or parte) for p in jinja_seguro.revisar(todos)]
    problemas += etiquetas.desbalances(todos, parte, fuente)
    if problemas:
        return None, problemas
    jinja_seguro.blindar(todos, entorno)
    return arbol, []


def _compilar_jinja(entorno: jinja_seguro.Entorno, arbol: nodes.Template, archivo: str) -> PlantillaJinja:
    codigo = entorno.compile(arbol, archivo, archivo)
    return entorno.template_class.from_code(entorno, codigo, entorno.globals, None)


__all__ = ["Filtros", "Imagen", "Plantilla"]
