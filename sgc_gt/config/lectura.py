"""Leer lo que una persona escribió, sin sorpresas y sabiendo en qué línea quedó cada valor.

Es un YAML más estrecho que el de la norma (docs/decisiones/0006): solo `true` y `false` son lógicos, un
número con ceros a la izquierda es texto (los códigos de región y las versiones lo son), las fechas son
texto, y no hay claves repetidas, marcas de tipo ni varios documentos. Se arma desde los eventos del
analizador y no desde su árbol, para contar lo que los alias expanden y la profundidad antes de crecer.
"""

from __future__ import annotations

import marshal
import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from sgc_gt.config.lugares import Archivo, Lineas, Ruta
from sgc_gt.config.tropiezos import DEMASIADO_HONDO, MAXIMA_HONDURA, explicar
from sgc_gt.errores import ConfiguracionInvalida, Problema, Rechazo

MAXIMO_BYTES = 1_000_000
MAXIMO_VALORES = 300_000

_Cargador: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_ENTERO = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]+([eE][-+][0-9]{1,3})?", re.ASCII)
_FIJOS = {"": None, "~": None, "null": None, "true": True, "True": True, "false": False, "False": False}
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Caracteres de control, y los saltos de línea que Word deja al copiar: nadie los ve."""


def leer_yaml(
    datos: bytes, archivo: str, rechazo: type[Rechazo] = ConfiguracionInvalida
) -> tuple[Any, Lineas]:
    """El valor escrito en el archivo y la línea de cada parte; `rechazo` con los problemas si no se lee.

    Solo entrega diccionarios con claves de texto, listas, textos, números, lógicos y None.
    """
    leido, problemas = leer(datos, archivo)
    if problemas:
        raise rechazo(f"no se puede leer {archivo}", problemas=problemas, hacer="corrija el archivo y repita")
    return leido.valor, leido.lineas


def leer(datos: bytes, archivo: str) -> tuple[Archivo, tuple[Problema, ...]]:
    """Lo leído y los problemas de escritura; sin valor si no se pudo llegar al final."""
    valor, lineas, problemas = _leido(datos, archivo)
    return Archivo(archivo, marshal.loads(valor), lineas), problemas  # noqa: S302 (lo escribió _leido)


@lru_cache(maxsize=64)
def _leido(datos: bytes, archivo: str) -> tuple[bytes, Lineas, tuple[Problema, ...]]:
    """Lo leído, recordado: un acto lee los mismos datos varias veces, y quien los pide recibe una copia."""
    texto, problema = _texto(datos, archivo)
    if problema:
        return marshal.dumps(None), Lineas({}), (problema,)
    armado = _Armado(archivo)
    valor = None
    try:
        for evento in yaml.parse(texto, Loader=_Cargador):
            armado.recibir(evento)
        valor = armado.valor
    except yaml.MarkedYAMLError as error:
        armado.anotar(*explicar(error, texto))
    except _NoSigue as corte:
        armado.anotar(corte.linea, corte.mensaje)
    return marshal.dumps(valor), Lineas(armado.lineas), tuple(armado.problemas)


def _texto(datos: bytes, archivo: str) -> tuple[str, Problema | None]:
    """El texto UTF-8 del archivo, o por qué no lo es."""
    if len(datos) > MAXIMO_BYTES:
        mensaje = f"pesa {len(datos) / 1_000_000:.1f} MB".replace(".", ",")
        return "", Problema(f"{mensaje}; lo más que se admite es 1 MB", archivo)
    if datos.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Problema("está guardado en otra codificación; guárdelo como UTF-8", archivo)
    if b"\0" in datos:
        return "", Problema("no es un archivo de texto", archivo)
    try:
        texto = datos.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        linea = datos.count(b"\n", 0, error.start) + 1
        return "", Problema(
            "hay una letra que no se puede leer; guarde el archivo como UTF-8", f"{archivo}:{linea}"
        )
    if invisible := _INVISIBLE.search(texto):
        linea = texto.count("\n", 0, invisible.start()) + 1
        return "", Problema(
            "hay un carácter invisible; borre esa parte y escríbala de nuevo", f"{archivo}:{linea}"
        )
    return texto, None


class _NoSigue(Exception):
    """Lo que sigue no se puede interpretar: se deja de leer."""

    def __init__(self, linea: int, mensaje: str) -> None:
        super().__init__(mensaje)
        self.linea = linea
        self.mensaje = mensaje


class _Hecho(NamedTuple):
    """Un valor terminado, con lo que cuenta para los límites."""

    valor: Any
    valores: int = 1
    hondura: int = 0


class _Abierto:
    """Una lista o un diccionario que todavía recibe valores."""

    def __init__(self, valor: Any, ruta: Ruta, ancla: str | None) -> None:
        self.valor = valor
        self.ruta = ruta
        self.ancla = ancla
        self.clave: str | None = None
        self.valores = 1
        self.hondura = 0

    @property
    def espera_clave(self) -> bool:
        return isinstance(self.valor, dict) and self.clave is None


class _Armado:
    """Arma el valor desde los eventos, en una pila propia: nada aquí es recursivo."""

    def __init__(self, archivo: str) -> None:
        self.archivo = archivo
        self.valor: Any = None
        self.lineas: dict[Ruta, int] = {}
        self.problemas: list[Problema] = []
        self._pila: list[_Abierto] = []
        self._anclas: dict[str, _Hecho] = {}
        self._documentos = 0
        self._valores = 0

    def anotar(self, linea: int, mensaje: str) -> None:
        """Suma un problema en esa línea."""
        self.problemas.append(Problema(mensaje, f"{self.archivo}:{linea}"))

    def recibir(self, evento: Any) -> None:
        """Un evento del analizador."""
        linea = evento.start_mark.line + 1
        if isinstance(evento, yaml.DocumentStartEvent):
            self._documentos += 1
            if self._documentos > 1:
                raise _NoSigue(linea, "sobra «---»: el archivo lleva un solo contenido")
        elif isinstance(evento, yaml.AliasEvent):
            self._alias(evento.anchor, linea)
        elif isinstance(evento, yaml.NodeEvent):
            self._nodo(evento, linea)
        elif isinstance(evento, yaml.CollectionEndEvent):
            self._cerrar(linea)

    def _nodo(self, evento: Any, linea: int) -> None:
        if evento.tag not in (None, "!"):
            raise _NoSigue(linea, f"no se admite la marca «{evento.tag}»")
        self._contar(1, linea)
        if isinstance(evento, yaml.ScalarEvent):
            if self._pila and self._pila[-1].espera_clave:
                self._clave(evento, linea)
                return
            self._poner(self._anclar(evento.anchor, _Hecho(_escalar(evento))), linea)
            return
        if self._pila and self._pila[-1].espera_clave:
            raise _NoSigue(
                linea, "la clave debe ser una palabra; si es un texto con llaves, va entre comillas"
            )
        if len(self._pila) >= MAXIMA_HONDURA:
            raise _NoSigue(linea, DEMASIADO_HONDO)
        nuevo: Any = [] if isinstance(evento, yaml.SequenceStartEvent) else {}
        ruta = self._lugar()
        self.lineas.setdefault(ruta, linea)
        self._pila.append(_Abierto(nuevo, ruta, evento.anchor))

    def _clave(self, evento: Any, linea: int) -> None:
        marco, clave = self._pila[-1], str(evento.value)
        if clave == "<<" and evento.implicit[0]:
            raise _NoSigue(linea, "no se admite la clave «<<»; escriba las claves una a una")
        if clave in marco.valor:
            primera = self.lineas[(*marco.ruta, clave)]
            self.anotar(linea, f"la clave «{clave}» está repetida (ya está en la línea {primera})")
        else:
            self.lineas[(*marco.ruta, clave)] = linea
        marco.clave = clave

    def _alias(self, nombre: str | None, linea: int) -> None:
        if self._pila and self._pila[-1].espera_clave:
            raise _NoSigue(linea, "la clave debe ser una palabra")
        hecho = self._anclas.get(nombre or "")
        if hecho is None:
            raise _NoSigue(linea, f"«*{nombre}» no tiene antes su «&{nombre}»")
        if len(self._pila) + hecho.hondura > MAXIMA_HONDURA:
            raise _NoSigue(linea, DEMASIADO_HONDO)
        self._contar(hecho.valores, linea)
        self._poner(hecho, linea)

    def _contar(self, cuantos: int, linea: int) -> None:
        self._valores += cuantos
        if self._valores > MAXIMO_VALORES:
            raise _NoSigue(linea, f"hay más de {MAXIMO_VALORES} valores")

    def _lugar(self) -> Ruta:
        """La ruta del valor que viene."""
        if not self._pila:
            return ()
        marco = self._pila[-1]
        return (*marco.ruta, marco.clave if marco.clave is not None else len(marco.valor))

    def _poner(self, hecho: _Hecho, linea: int) -> None:
        if not self._pila:
            self.valor = hecho.valor
            self.lineas.setdefault((), linea)
            return
        marco = self._pila[-1]
        self.lineas.setdefault(self._lugar(), linea)
        if isinstance(marco.valor, dict):
            marco.valor.setdefault(marco.clave, hecho.valor)
            marco.clave = None
        else:
            marco.valor.append(hecho.valor)
        marco.valores += hecho.valores
        marco.hondura = max(marco.hondura, hecho.hondura)

    def _cerrar(self, linea: int) -> None:
        marco = self._pila.pop()
        hecho = _Hecho(marco.valor, marco.valores, marco.hondura + 1)
        self._poner(self._anclar(marco.ancla, hecho), linea)

    def _anclar(self, ancla: str | None, hecho: _Hecho) -> _Hecho:
        if ancla:
            self._anclas[ancla] = hecho
        return hecho


def _escalar(evento: Any) -> Any:
    """El valor de una palabra: texto si va entre comillas o no es claramente otra cosa."""
    texto: str = evento.value
    if not evento.implicit[0]:
        return texto
    if texto in _FIJOS:
        return _FIJOS[texto]
    if _ENTERO.fullmatch(texto):
        return int(texto)
    if _DECIMAL.fullmatch(texto) and math.isfinite(float(texto)):
        return float(texto)
    return texto
