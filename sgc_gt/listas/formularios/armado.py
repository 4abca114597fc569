"""Recorre el esquema de los datos de un tipo y dice qué hojas tiene su formulario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sgc_gt.config.saltos import resolver
from sgc_gt.listas.formularios.partes import (
    ENTERO,
    GENERAL,
    LISTA,
    OBLIGATORIO,
    REGION,
    SEGUN_EL_CASO,
    TEXTO,
    Campo,
    Parte,
    bajar,
    filas_de,
    tipos_de,
)

BREVE = 6
"""Un grupo de hasta tantos datos va en la hoja general, no en una propia."""
LLAVES = ("id", "codigo", "indicador", "n", "region")
"""Por qué dato se reconoce una fila, en orden de preferencia."""


def partes(esquema: Mapping[str, Any], numeradas: Collection[str] = ()) -> tuple[Parte, ...]:
    """Las hojas, en el orden del esquema. `numeradas`: las tablas cuyas filas su llave no distingue."""
    return tuple(_Armado(esquema, numeradas).de_raiz())


def numeradas_en(esquema: Mapping[str, Any], datos: Any) -> frozenset[str]:
    """Las tablas de las que otra depende y en las que la llave falta o se repite: van por número."""
    todas = {p.clave: p for p in partes(esquema)}
    return frozenset(p.clave for p in todas.values() if p.llave and _repetida(todas, p, datos))


def _repetida(todas: Mapping[str, Parte], parte: Parte, datos: Any) -> bool:
    llaves = [bajar(f.valor, (parte.llave,)) for f in filas_de(todas, parte, datos)]
    textos = Counter(str(v).strip().casefold() for v in llaves if not isinstance(v, (dict, list)))
    return None in llaves or "" in textos or len(textos) < len(llaves)


class _Lugar(NamedTuple):
    """Dónde se está al recorrer: la tabla (si se va dentro de una fila), el camino hasta aquí y su nombre."""

    tabla: str = ""
    base: tuple[str, ...] = ()
    nombre: str = ""


class _Armado:
    """Recorre el esquema y deja las hojas en orden."""

    def __init__(self, raiz: Mapping[str, Any], numeradas: Collection[str]) -> None:
        self.raiz = raiz
        self.numeradas = numeradas
        self.hechas: list[Parte] = []

    def de_raiz(self) -> list[Parte]:
        """La hoja general, con lo suelto y los grupos breves, y las demás."""
        sueltos: list[Campo] = []
        for campo in self._propiedades(self.raiz, (), ""):
            if self._es_objeto(campo.esquema):
                sueltos += self._ficha(campo)
            elif self._es_tabla(campo.esquema):
                self._tabla(campo, _Lugar())
            elif campo.clase == LISTA and not _es_codigo(campo.esquema):
                self._escalar(campo)
            else:
                sueltos.append(campo)
        if sueltos:
            general = Parte(GENERAL, "Datos generales", "", _requisitos(self.raiz), (), tuple(sueltos))
            self.hechas.insert(0, general)
        return self.hechas

    def _ficha(self, campo: Campo) -> list[Campo]:
        """La hoja de un objeto; si es breve y sin tablas, sus campos van con los generales y se devuelven."""
        lugar, requisito = len(self.hechas), campo.requisito
        aqui = _Lugar("", campo.ruta, campo.titulo)
        campos = tuple(self._campos(campo.esquema, (), campo._replace(titulo="", heredado=requisito), aqui))
        if len(campos) <= BREVE and len(self.hechas) == lugar:
            grupo = campo.titulo
            return [
                c._replace(ruta=(*campo.ruta, *c.ruta), grupo=f"{grupo} · {c.grupo}" if c.grupo else grupo)
                for c in campos
            ]
        if campos:
            requisitos = _requisitos(campo.esquema)
            hecha = Parte(campo.clave, campo.titulo, campo.ayuda, requisitos, campo.ruta, campos)
            self.hechas.insert(lugar, hecha)
        return []

    def _escalar(self, campo: Campo) -> None:
        unico = Campo((), campo.titulo, self._seguir(campo.esquema.get("items", {})))
        requisitos = _requisitos(campo.esquema)
        hecha = Parte(campo.clave, campo.titulo, campo.ayuda, requisitos, campo.ruta, (unico,))
        self.hechas.append(hecha._replace(tabla=True, escalar=True))

    def _tabla(self, campo: Campo, aqui: _Lugar) -> None:
        clave = f"{aqui.tabla}/{campo.clave}" if aqui.tabla else campo.clave
        nombre = f"{aqui.nombre} · {campo.titulo}" if aqui.nombre else campo.titulo
        lugar = len(self.hechas)
        fila = self._seguir(campo.esquema.get("items", {}))
        campos = tuple(self._campos(fila, (), Campo((), "", fila), _Lugar(clave, (), nombre)))
        con_hijas = any(p.madre == clave for p in self.hechas[lugar:])
        llave = _llave(campos) if con_hijas and clave not in self.numeradas else ""
        hecha = Parte(clave, nombre, campo.ayuda, _requisitos(campo.esquema), campo.ruta, campos)
        hecha = hecha._replace(tabla=True, madre=aqui.tabla, llave=llave, numerada=con_hijas and not llave)
        self.hechas.insert(lugar, hecha)

    def _campos(
        self, esquema: Mapping[str, Any], ruta: tuple[str, ...], grupo: Campo, aqui: _Lugar
    ) -> Iterator[Campo]:
        """Los campos de un objeto y de los que contiene; sus listas de objetos son otras hojas."""
        for campo in self._propiedades(esquema, ruta, grupo.heredado):
            nombre = f"{grupo.titulo} · {campo.titulo}" if grupo.titulo else campo.titulo
            if self._es_objeto(campo.esquema):
                dentro = campo._replace(titulo=nombre, heredado=campo.requisito)
                yield from self._campos(campo.esquema, campo.ruta, dentro, aqui)
            elif self._es_tabla(campo.esquema):
                tabla = campo._replace(ruta=(*aqui.base, *campo.ruta), titulo=nombre)
                self._tabla(tabla, aqui)
            elif aqui.tabla and grupo.titulo:
                visible = f"{grupo.titulo}: {campo.titulo[:1].lower()}{campo.titulo[1:]}"
                yield campo._replace(titulo=visible, grupo=grupo.titulo)
            else:
                yield campo._replace(grupo=grupo.titulo)

    def _propiedades(
        self, esquema: Mapping[str, Any], ruta: tuple[str, ...], heredado: str
    ) -> Iterator[Campo]:
        debidas, a_veces = set(esquema.get("required", ())), _condicionales(esquema)
        for clave, dicho in esquema.get("properties", {}).items():
            propio = self._seguir(dicho)
            obliga = OBLIGATORIO if clave in debidas else SEGUN_EL_CASO if clave in a_veces else ""
            titulo = str(propio.get("title") or clave.replace("_", " ").capitalize())
            yield Campo((*ruta, clave), titulo, propio, obliga, heredado=heredado)

    def _seguir(self, esquema: Any) -> Mapping[str, Any]:
        """El esquema con su `$ref` ya resuelta."""
        saltos = 0
        while isinstance(esquema, Mapping) and "$ref" in esquema and saltos < 20:
            propio = {k: v for k, v in esquema.items() if k != "$ref"}
            esquema = {**(resolver(self.raiz, str(esquema["$ref"])) or {}), **propio}
            saltos += 1
        return esquema if isinstance(esquema, Mapping) else {}

    def _es_objeto(self, esquema: Mapping[str, Any]) -> bool:
        return tipos_de(esquema) == ("object",) and bool(esquema.get("properties"))

    def _es_tabla(self, esquema: Mapping[str, Any]) -> bool:
        return tipos_de(esquema) == ("array",) and self._es_objeto(self._seguir(esquema.get("items", {})))


def _requisitos(esquema: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(esquema["x-requisito"]),) if "x-requisito" in esquema else ()


def _condicionales(esquema: Mapping[str, Any]) -> set[str]:
    """Las claves que el esquema exige solo en algunos casos."""
    ramas = [esquema, *esquema.get("allOf", ())]
    casos = [r.get(lado, {}) for r in ramas if isinstance(r, Mapping) for lado in ("then", "else")]
    return {clave for caso in casos if isinstance(caso, Mapping) for clave in caso.get("required", ())}


def _es_codigo(esquema: Mapping[str, Any]) -> bool:
    """Si los elementos de la lista son siglas u opciones, que caben juntas en una celda."""
    elemento = esquema.get("items", {})
    return (
        "x-referencia" in esquema
        or any(k in elemento for k in ("enum", "pattern"))
        or (tipos_de(elemento) != ("string",))
    )


def _llave(campos: tuple[Campo, ...]) -> str:
    claves = {c.clave for c in campos if c.obligatorio == OBLIGATORIO and c.clase in (TEXTO, ENTERO, REGION)}
    return next((k for k in LLAVES if k in claves), "")
