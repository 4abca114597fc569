"""El entorno en que corre una plantilla: sin acceso al programa, sin azar y con límites.

Lo que trae docxtpl por omisión ejecuta código escrito en una plantilla y, sin escape, pierde en silencio
el resto del documento ante un valor como `x & y <b>` (docs/decisiones/0005). Aquí el escape va siempre,
un dato que falta es un rechazo, y un bucle desbocado se corta.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from jinja2 import StrictUndefined, nodes, pass_context, pass_environment
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from sgc_gt.errores import ConfiguracionInvalida, EntradaInvalida, Problema
from sgc_gt.word.texto import limpiar

MAXIMO_PASOS = 400_000
MAXIMO_SALIDA = 40 * 1024 * 1024
MAXIMO_TEXTO = 8 * 1024 * 1024
MAXIMO_RANGO = 10_000
_MAXIMO_BITS = 4_096
GENERACION = "_generacion"
"""Nombre reservado del contexto; ninguna plantilla puede escribir un nombre que parta con «_»."""

_FILTROS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "string", "sum",
    "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
_METODOS_PROHIBIDOS = frozenset((
    "center", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "replace", "join",
    "translate", "encode",
))  # fmt: skip


class PlantillaDesbocada(Exception):
    """La plantilla dio demasiadas vueltas o produjo demasiado texto."""


class Faltante(StrictUndefined):
    """Un dato que la plantilla pide y no está: siempre un rechazo, nunca un espacio en blanco."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"falta el dato «{self._undefined_name}»"


class Limites:
    """Lo gastado por una generación."""

    __slots__ = ("imagenes", "pasos", "salida")

    def __init__(self) -> None:
        self.pasos = 0
        self.salida = 0
        self.imagenes: list[Any] = []

    def paso(self, peso: int) -> None:
        self.pasos += 1
        self.gastar(peso)
        if self.pasos > MAXIMO_PASOS:
            raise PlantillaDesbocada

    def gastar(self, largo: int) -> None:
        self.salida += largo
        if self.salida > MAXIMO_SALIDA:
            raise PlantillaDesbocada


class Entorno(SandboxedEnvironment):
    """Jinja en caja de arena, con escape, sin los filtros y métodos que multiplican memoria."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            autoescape=True,
            undefined=Faltante,
            finalize=_finalizar,
            keep_trailing_newline=True,
            optimized=False,  # plegar constantes cuesta un cuarto de compilar, y una plantilla casi no tiene
        )
        self.filters = {nombre: FILTERS[nombre] for nombre in _FILTROS}
        self.filters |= {"join": _juntar, "replace": _reemplazar, "_paso": _paso, "_unir": _unir}
        self.globals = {"range": _rango, "namespace": self.globals["namespace"]}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Además de lo que niega la caja de arena, los métodos de texto que pueden crecer sin medida."""
        if isinstance(obj, str | bytes) and attr in _METODOS_PROHIBIDOS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Las operaciones que pueden crecer sin medida, revisadas antes de hacerlas."""
        if _crece(operator, left, right):
            raise PlantillaDesbocada
        return super().call_binop(context, operator, left, right)


def _crece(operador: str, izquierda: Any, derecha: Any) -> bool:
    secuencia = (str, bytes, list, tuple)
    if operador == "%":
        return isinstance(izquierda, secuencia)
    if operador == "**":
        return not (abs(izquierda) < 2**64 and abs(derecha) <= 64)
    if operador == "+":
        largo = len(izquierda) + len(derecha) if isinstance(izquierda, secuencia) else 0
        return largo > MAXIMO_TEXTO
    for uno, otro in ((izquierda, derecha), (derecha, izquierda)):
        if isinstance(uno, secuencia):
            return bool(len(uno) * max(otro, 0) > MAXIMO_TEXTO)
    if isinstance(izquierda, int) and isinstance(derecha, int):
        return izquierda.bit_length() + derecha.bit_length() > _MAXIMO_BITS
    return False


def _rango(*argumentos: int) -> range:
    resultado = range(*argumentos)
    if len(resultado) > MAXIMO_RANGO:
        raise PlantillaDesbocada
    return resultado


def _acotado(largo: int) -> None:
    if largo > MAXIMO_TEXTO:
        raise PlantillaDesbocada


@pass_environment
def _juntar(
    entorno: SandboxedEnvironment, valores: Iterable[Any], separador: str = "", atributo: str | None = None
) -> Markup:
    lista = list(valores)
    if atributo is not None:
        lista = [entorno.getitem(valor, atributo) for valor in lista]
    textos = [escape(_mostrar(valor)) for valor in lista]
    _acotado(sum(map(len, textos)) + len(separador) * len(textos))
    return escape(separador).join(textos)


def _reemplazar(texto: Any, viejo: str, nuevo: str, cuenta: int = -1) -> str:
    entero = str(texto)
    _acotado(len(entero) + entero.count(viejo) * len(nuevo))
    return entero.replace(viejo, nuevo, cuenta)


@pass_context
def _paso(contexto: Context, peso: int) -> str:
    contexto.parent[GENERACION].paso(peso)
    return ""


@pass_context
def _unir(_: Context, valores: list[Any]) -> str:
    """`a ~ b`, medido. Texto simple mientras nada venga ya escapado, como hace Jinja."""
    mostrados = [_mostrar(valor) for valor in valores]
    convertir = escape if any(hasattr(valor, "__html__") for valor in mostrados) else str
    textos = [convertir(valor) for valor in mostrados]
    _acotado(sum(map(len, textos)))
    return convertir("").join(textos)


def _mostrar(valor: Any) -> Any:
    """Un valor como se lee en español; una lista o tabla entera no se imprime nunca."""
    if isinstance(valor, str):
        return valor if isinstance(valor, Markup) else limpiar(valor)
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, float):
        return f"{valor:.10g}".replace(".", ",")
    if isinstance(valor, list | dict | set) or (isinstance(valor, tuple) and not hasattr(valor, "png")):
        raise EntradaInvalida(
            "la plantilla muestra una lista o un grupo de datos entero donde va un texto",
            esperado="un texto, número o fecha",
            hacer="En la plantilla, use un bucle o el filtro «lista».",
        )
    return valor


@pass_context
def _finalizar(contexto: Context, valor: Any) -> Any:
    limites: Limites = contexto.parent[GENERACION]
    if type(valor) is not str and hasattr(valor, "png"):
        limites.imagenes.append(valor)
        marca = f"\U0010ff00{len(limites.imagenes) - 1}\U0010ff01"
        return escape(marca)
    mostrado = _mostrar(valor)
    if isinstance(mostrado, str):
        limites.gastar(len(mostrado))
    return mostrado


# ---- revisión y blindaje del árbol ------------------------------------------------------------------------

_NODOS_PROHIBIDOS = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block)


def nodos_de(arbol: nodes.Template) -> list[nodes.Node]:
    """Todos los nodos, en el orden en que se leen: recorrer el árbol cuesta, y así se hace una vez."""
    todos: list[nodes.Node] = []
    por_ver: list[nodes.Node] = [arbol]
    while por_ver:
        todos.append(nodo := por_ver.pop())
        hijos: list[nodes.Node] = []
        for campo in nodo.fields:
            valor = getattr(nodo, campo, None)
            if isinstance(valor, nodes.Node):
                hijos.append(valor)
            elif isinstance(valor, list):
                hijos += [hijo for hijo in valor if isinstance(hijo, nodes.Node)]
        por_ver += reversed(hijos)
    return todos


def revisar(todos: Sequence[nodes.Node]) -> list[Problema]:
    """Lo que una plantilla no puede usar: atributos internos, nombres reservados, otras plantillas."""
    problemas = [
        Problema(f"usa el atributo interno «{nombre}»", hacer="Quite esa etiqueta de la plantilla.")
        for nombre in _atributos(todos)
        if nombre.startswith("_")
    ]
    problemas += [
        Problema(f"usa el nombre reservado «{nodo.name}»")
        for nodo in todos
        if isinstance(nodo, nodes.Name) and nodo.name.startswith("_")
    ]
    problemas += [
        Problema("incluye o hereda de otra plantilla, lo que no está permitido")
        for nodo in todos
        if isinstance(nodo, _NODOS_PROHIBIDOS)
    ]
    return problemas


def _atributos(todos: Sequence[nodes.Node]) -> Iterable[str]:
    for nodo in todos:
        if isinstance(nodo, nodes.Getattr):
            yield nodo.attr
        elif isinstance(nodo, nodes.Getitem) and isinstance(nodo.arg, nodes.Const):
            yield str(nodo.arg.value)


def filtros_usados(todos: Sequence[nodes.Node]) -> set[str]:
    """Los filtros que nombra una plantilla."""
    return {nodo.name for nodo in todos if isinstance(nodo, nodes.Filter)}


def blindar(todos: Sequence[nodes.Node], entorno: Entorno) -> None:
    """Cuenta cada vuelta de bucle y cada llamada a macro, y acota las uniones de texto."""
    nuevos: list[nodes.Node] = []
    for nodo in todos:
        if isinstance(nodo, nodes.For | nodes.Macro | nodes.CallBlock):
            peso = nodes.Const(sum(len(dato.data) for hijo in nodo.body for dato in _datos(hijo)))
            contar = nodes.Filter(peso, "_paso", [], [], None, None)
            nodo.body.insert(0, paso := nodes.ExprStmt(contar))
            nuevos += [paso, contar, peso]
    for nodo in todos:
        nuevos += _acotar_uniones(nodo)
    for nodo in (*todos, *nuevos):
        nodo.environment = entorno
        if getattr(nodo, "lineno", None) is None:
            nodo.lineno = 1


def _datos(nodo: nodes.Node) -> Iterable[nodes.TemplateData]:
    return [nodo] if isinstance(nodo, nodes.TemplateData) else nodo.find_all(nodes.TemplateData)


def _acotar_uniones(nodo: nodes.Node) -> Iterator[nodes.Node]:
    """`a ~ b` pasa a ser un filtro que mide: unir texto consigo mismo lo duplica en cada vuelta."""
    for campo in nodo.fields:
        valor = getattr(nodo, campo, None)
        if isinstance(valor, nodes.Concat):
            setattr(nodo, campo, filtro := _como_filtro(valor))
            yield from (filtro, cast("nodes.Node", filtro.node))
        elif isinstance(valor, list):
            for n, hijo in enumerate(valor):
                if isinstance(hijo, nodes.Concat):
                    valor[n] = filtro = _como_filtro(hijo)
                    yield from (filtro, cast("nodes.Node", filtro.node))


def _como_filtro(union: nodes.Concat) -> nodes.Filter:
    lista = nodes.List(union.nodes)
    lista.lineno = union.lineno
    filtro = nodes.Filter(lista, "_unir", [], [], None, None)
    filtro.lineno = union.lineno
    return filtro


def delegar(entorno: Entorno, nombre: str) -> None:
    """Declara un filtro que se conocerá al generar (los del sistema los entrega quien genera)."""

    @pass_context
    def filtro(contexto: Context, valor: Any, *args: Any, **kwargs: Any) -> Any:
        propios: Mapping[str, Callable[..., Any]] = contexto.parent["_filtros"]
        return propios[nombre](valor, *args, **kwargs)

    entorno.filters[nombre] = filtro


def rechazo_desbocada(nombre: str) -> ConfiguracionInvalida:
    return ConfiguracionInvalida(
        "la plantilla da demasiadas vueltas o produce demasiado texto; se detuvo",
        lugar=nombre,
        esperado=f"hasta {MAXIMO_PASOS:,} vueltas y {MAXIMO_SALIDA // 2**20} MB de texto".replace(",", "."),
        hacer="Revise los bucles de la plantilla.",
    )
