"""La ficha de un documento o registro: identidad y movimientos numerados, que solo se agregan.

La ficha es la evidencia primaria (ISO 9001 7.5.3.2); el mensaje de cada movimiento en la historia es su
índice. Se escribe en JSON canónico: UTF-8, LF, claves ordenadas, sangría 2.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import leer_instante
from sgc_gt.errores import IntegridadRota

ESQUEMA = 1


class Evidencia(NamedTuple):
    """Respaldo de un movimiento: un número de oficio o resolución, un archivo con su resumen, o ambos."""

    clase: str  # firma | pdf_firmado | resolucion | oficio | acta | archivo
    numero: str = ""
    fecha: date | None = None
    archivo: str = ""  # nombre dentro de la carpeta de evidencias del documento
    tamano: int = 0  # bytes
    sha256: str = ""
    responde: str = ""  # número del oficio al que contesta
    decia: str = ""  # al leerla, lo que decía antes de rectificarse; no se guarda


class Observacion(NamedTuple):
    """Lo que un revisor pide cambiar, con la sección a que se refiere."""

    texto: str
    seccion: str = ""
    ancla: str = ""  # las palabras del documento sobre las que se hizo


class Paso(NamedTuple):
    """Un paso de la ruta: qué acto, qué cargos, cuántas personas y qué respaldo se acepta."""

    acto: str
    cargos: tuple[str, ...]
    cuantos: int = 1
    distinto_de: tuple[str, ...] = ()
    evidencia: tuple[str, ...] = ()


class Movimiento(NamedTuple):
    """Una entrada de la ficha: un acto ya ocurrido. Las fechas son civiles; `registrado`, RFC 3339."""

    n: int
    acto: str
    version: str
    fecha: date
    registrado: str
    correo: str  # de quién es el acto
    cargo: str
    registra: str  # quién lo anotó
    origen: str  # por_la_persona | registrado_con_respaldo | registrado_sin_respaldo | declarado
    calidad: str = "titular"
    base_calidad: str = ""  # ley o acto que funda la subrogancia
    huella: str = ""
    sha256: str = ""  # de los bytes del archivo al que se refiere el acto
    archivo: str = ""  # nombre de ese archivo
    motivo: str = ""
    evidencia: tuple[Evidencia, ...] = ()
    observaciones: tuple[Observacion, ...] = ()
    identidad: Mapping[str, Any] = {}  # lo que el acto fija o cambia de la identidad
    ruta: tuple[Paso, ...] = ()  # solo `enviar`: los pasos concretos que regirán este envío
    circuito: str = ""
    vigente_desde: date | None = None
    firma: str = ""  # huella de la clave con que lo firmó quien lo anotó; vacía si va sin firma
    extra: Mapping[str, Any] = {}  # lo propio del acto (período, región, ubicación, plantilla…)


class Ficha(NamedTuple):
    """Identidad y movimientos de un código (o de una instancia de registro, `RG-SGC-05/2026/001`).

    `clave` es el código con que nació: da nombre a su carpeta, a sus etiquetas y a su lugar en la historia, y
    no cambia nunca. El código con que se conoce hoy es un dato de su identidad (docs/decisiones/0031).
    """

    clave: str
    tipo: str
    clase: str  # documento | registro | archivo
    identidad: Mapping[str, Any]
    actos: tuple[Movimiento, ...] = ()

    @property
    def codigo(self) -> str:
        """El código con que se conoce: el último que se le dio."""
        return str(self.identidad.get("codigo") or self.clave)

    @property
    def codigos(self) -> tuple[str, ...]:
        """Todos los códigos que ha tenido, del primero al de hoy; ninguno se vuelve a usar."""
        dados = [str(m.identidad["codigo"]) for m in self.actos if "codigo" in m.identidad]
        return tuple(dict.fromkeys((self.clave, *dados)))

    @property
    def area_de_origen(self) -> str:
        """El área en que nació: la de su carpeta, aunque una reorganización lo haya pasado a otra."""
        primera = self.actos[0].identidad if self.actos else self.identidad
        return str(primera.get("area") or self.identidad.get("area", ""))

    def codigo_en(self, n: int) -> str:
        """El código que tenía al anotarse el movimiento `n`, ese incluido."""
        dados = [str(m.identidad["codigo"]) for m in self.actos[:n] if "codigo" in m.identidad]
        return dados[-1] if dados else self.clave

    @property
    def region(self) -> str:
        """El código de la región de un registro; «» si no es de una. Al crearlo va en su identidad; al
        archivarlo tal como llegó, en lo que el acto anotó."""
        anotada = self.actos[0].extra if self.actos else {}
        return str(self.identidad.get("region") or anotada.get("region") or "")

    def con(self, movimiento: Movimiento) -> Ficha:
        """La ficha con un movimiento más; la identidad recoge lo que el acto cambia."""
        return self._replace(
            identidad={**self.identidad, **movimiento.identidad}, actos=(*self.actos, movimiento)
        )


def json_canonico(valor: object) -> bytes:
    """Los bytes únicos de un valor JSON: claves ordenadas, sangría 2, UTF-8, un LF al final."""
    try:
        texto = _json(valor, "\n")
    except TypeError:  # una clave que no es texto, o un valor que no es de JSON: que decida la biblioteca
        texto = json.dumps(valor, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return (texto + "\n").encode("utf-8")


def _json(valor: object, salto: str) -> str:
    """Lo mismo que `json.dumps` con sangría, varias veces más rápido: verificar lo hace por movimiento."""
    if type(valor) is str:
        return encode_basestring(valor)
    if isinstance(valor, dict):
        dentro = salto + "  "
        partes = [f"{encode_basestring(clave)}: {_json(valor[clave], dentro)}" for clave in sorted(valor)]
        return f"{{{dentro}{f',{dentro}'.join(partes)}{salto}}}" if partes else "{}"
    if isinstance(valor, list | tuple):
        dentro = salto + "  "
        elementos = f",{dentro}".join([_json(v, dentro) for v in valor])
        return f"[{dentro}{elementos}{salto}]" if valor else "[]"
    return json.dumps(valor, ensure_ascii=False, allow_nan=False)


_CON_NOMBRE = (Evidencia, Observacion, Paso, Movimiento)


def _simple(valor: Any) -> Any:
    """El valor en piezas de JSON; de una tupla con nombre se omite lo que vale lo de siempre."""
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, _CON_NOMBRE):
        supuestos = valor._field_defaults
        return {
            clave: _simple(v)
            for clave, v in valor._asdict().items()
            if clave not in supuestos or v != supuestos[clave]
        }
    if isinstance(valor, tuple | list):
        return [_simple(v) for v in valor]
    if isinstance(valor, Mapping):
        return {clave: _simple(v) for clave, v in valor.items()}
    return valor


def movimiento_a_dict(movimiento: Movimiento) -> dict[str, Any]:
    """El movimiento como queda en la ficha: sin las claves que valen lo de siempre."""
    simple: dict[str, Any] = _simple(movimiento)
    return simple


def escribir_ficha(ficha: Ficha) -> bytes:
    """Los bytes canónicos de la ficha."""
    return json_canonico(
        {
            "esquema": ESQUEMA,
            "codigo": ficha.clave,
            "tipo": ficha.tipo,
            "clase": ficha.clase,
            "identidad": _simple(ficha.identidad),
            "actos": [movimiento_a_dict(m) for m in ficha.actos],
        }
    )


Lector = Callable[[Any], Any]


def _de_clase(clase: type[Any]) -> Lector:
    """Un lector que exige la clase exacta: ni `true` vale 1, ni `null` vale texto."""

    def leer(valor: Any) -> Any:
        if type(valor) is not clase:
            raise TypeError(f"«{valor}» donde iba otra cosa")
        return valor

    return leer


_texto, _lista, _numero, _mapa = (_de_clase(clase) for clase in (str, list, int, dict))


def _varios(leer: Lector) -> Lector:
    return lambda valor: tuple([leer(v) for v in _lista(valor)])


_LECTORES: Mapping[str, Lector] = {
    "n": _numero,
    "tamano": _numero,
    "cuantos": _numero,
    "fecha": date.fromisoformat,
    "vigente_desde": date.fromisoformat,
    "cargos": _varios(_texto),
    "distinto_de": _varios(_texto),
    "identidad": _mapa,
    "extra": _mapa,
}
"""Cómo se lee cada campo que no es texto."""


def _campos(d: Any, lectores: Mapping[str, Lector]) -> dict[str, Any]:
    campos = {}
    for clave, valor in _mapa(d).items():
        leer = lectores.get(clave)
        if leer is not None:
            campos[clave] = leer(valor)
        elif type(valor) is str:  # sin pasar por `_texto`: son casi todos, y abrir una lista lee miles
            campos[clave] = valor
        else:
            raise TypeError(f"«{clave}» no es un texto")
    return campos


_LECTORES_PASO = {**_LECTORES, "evidencia": _varios(_texto)}
_LECTORES_MOVIMIENTO = {
    **_LECTORES,
    "evidencia": _varios(lambda d: Evidencia(**_campos(d, _LECTORES))),
    "observaciones": _varios(lambda d: Observacion(**_campos(d, _LECTORES))),
    "ruta": _varios(lambda d: Paso(**_campos(d, _LECTORES_PASO))),
}


def leer_movimiento(d: Mapping[str, Any]) -> Movimiento:
    """El movimiento desde su forma JSON. TypeError o ValueError si no lo es."""
    movimiento = Movimiento(**_campos(d, _LECTORES_MOVIMIENTO))
    leer_instante(movimiento.registrado)
    return movimiento


def _sin_constantes(nombre: str) -> object:
    raise ValueError(f"{nombre} no es un número")


def leer_ficha(datos: bytes, lugar: str) -> Ficha:
    """La ficha que esos bytes dicen; IntegridadRota, con su `lugar`, si no es una ficha de este esquema."""
    try:
        crudo = json.loads(datos, parse_constant=_sin_constantes)
        if crudo["esquema"] != ESQUEMA:
            raise ValueError(f"esquema {crudo['esquema']}")
        if b"\\u" in datos:  # JSON deja escribir medio carácter, que ningún archivo puede guardar
            json_canonico(crudo)
        return Ficha(
            clave=_texto(crudo["codigo"]),
            tipo=_texto(crudo["tipo"]),
            clase=_texto(crudo["clase"]),
            identidad=_mapa(crudo["identidad"]),
            actos=tuple(leer_movimiento(m) for m in _lista(crudo["actos"])),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise IntegridadRota(
            f"la ficha no se entiende ({error})",
            lugar=lugar,
            esperado=f"una ficha del esquema {ESQUEMA}",
            hacer="recupérela de la historia o de un respaldo; las fichas no se editan a mano",
        ) from None
