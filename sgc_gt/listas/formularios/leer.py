"""Leer un formulario devuelto: sus datos, y todo lo que no se entiende, con hoja y celda, de una vez."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sgc_gt.config.lugares import Ruta
from sgc_gt.errores import EntradaInvalida, Problema
from sgc_gt.listas.formularios.armado import partes as partes_de
from sgc_gt.listas.formularios.celdas import Nombres
from sgc_gt.listas.formularios.hojas import HojaLeida, hojas_de
from sgc_gt.listas.formularios.leer_partes import FilaLeida, Lectura, leer_ficha, leer_tabla
from sgc_gt.listas.formularios.libro import abrir_libro
from sgc_gt.listas.formularios.modelo import (
    ANTES,
    HOJA_LEAME,
    HOJA_LISTAS,
    HOJA_SENAS,
    HOJA_VECINA,
    Senas,
    textos_a_senas,
)
from sgc_gt.listas.formularios.partes import MADRE, NUMERADA, Parte, poner, tipos_de

_PROPIAS = (HOJA_LEAME, HOJA_LISTAS, HOJA_SENAS, HOJA_VECINA)


class Leido(NamedTuple):
    """Lo que un formulario dice."""

    archivo: str
    senas: Senas
    partes: tuple[Parte, ...]
    """Las que el formulario trae; `todas`, las del tipo."""
    todas: Mapping[str, Parte]
    datos: Any
    lugares: Mapping[Ruta, str]
    """Camino en los datos → «archivo, hoja, celda»."""
    problemas: tuple[Problema, ...]
    avisos: tuple[str, ...]
    sueltas: Mapping[str, tuple[FilaLeida, ...]] = {}
    """De una región: las filas de cada tabla, todavía sin su fila madre."""

    def lugar(self, ruta: Ruta) -> str:
        """El de esa ruta, o de lo más cercano que la contiene."""
        for fin in range(len(ruta), -1, -1):
            if ruta[:fin] in self.lugares:
                return self.lugares[ruta[:fin]]
        return self.archivo


def abrir_senas(contenido: bytes, archivo: str) -> tuple[list[HojaLeida], Senas]:
    """Las hojas del libro y lo que dice de sí; EntradaInvalida si no es un formulario."""
    hojas = hojas_de(abrir_libro(contenido, archivo), archivo)
    for hoja in hojas:
        textos = [str(hoja.celdas[f, c].value) for f, c in sorted(hoja.celdas) if c == 1]
        senas = textos_a_senas(textos)
        if senas is not None:
            return hojas, senas
    raise EntradaInvalida(
        "no es un formulario de este sistema, o perdió la hoja escondida que lo identifica",
        lugar=archivo,
        esperado="el archivo que deja: sgc-gt formulario",
        hacer="pida el formulario de nuevo y pase a él lo escrito",
    )


def leer_formulario(contenido: bytes, archivo: str, esquema: Mapping[str, Any], nombres: Nombres) -> Leido:
    """Los datos del formulario según el esquema de su tipo."""
    hojas, senas = abrir_senas(contenido, archivo)
    todas = {p.clave: p for p in partes_de(esquema, senas.numeradas)}
    traidas = tuple(todas[c] for c in senas.partes if c in todas)
    lectura = Lectura(nombres, senas)
    leidas: dict[str, list[FilaLeida]] = {}
    datos: dict[str, Any] = {}
    ausentes = []
    for parte in traidas:
        hoja = _hoja_de(parte, hojas, lectura)
        if hoja is None:
            ausentes.append(parte)
            lectura.avisos.append(f"falta la hoja «{parte.titulo}»: lo suyo queda como estaba")
        elif parte.tabla:
            leidas[parte.clave] = leer_tabla(hoja, parte, todas, lectura)
        else:
            leer_ficha(hoja, parte, datos, lectura)
    lectura.avisos.extend(_ajenas(hojas))
    lectura.problemas.extend(_de_antes(hojas, todas))
    if not senas.region:
        for parte in traidas:
            _colgar(parte, todas, leidas, datos, lectura)
        _reponer(ausentes, senas.base, datos)
        _completar_listas(esquema, datos)
    return Leido(
        archivo,
        senas,
        traidas,
        todas,
        datos,
        lectura.lugares,
        tuple(lectura.problemas),
        tuple(lectura.avisos),
        {clave: tuple(filas) for clave, filas in leidas.items()},
    )


def _hoja_de(parte: Parte, hojas: Sequence[HojaLeida], lectura: Lectura) -> HojaLeida | None:
    """La hoja que trae esa parte; un problema si son dos."""
    suyas = [h for h in hojas if any(m.partition("|")[0] == parte.clave for m in h.marcas)]
    if len(suyas) > 1:
        lectura.problemas.append(
            Problema(
                f"hay dos hojas de «{parte.titulo}»: «{suyas[0].nombre}» y «{suyas[1].nombre}»",
                suyas[1].lugar(1, 1),
                hacer="deje una sola con todas las filas",
            )
        )
    return suyas[0] if suyas else None


def _de_antes(hojas: Sequence[HojaLeida], todas: Mapping[str, Parte]) -> Iterator[Problema]:
    """Lo que el formulario pregunta y el tipo ya no: se hizo antes de cambiar el tipo."""
    for hoja in hojas:
        for marca, sitios in hoja.marcas.items():
            clave, _, campo = marca.partition("|")
            parte = todas.get(clave)
            if parte is None or (campo not in (NUMERADA, MADRE, ANTES) and parte.campo(campo) is None):
                yield Problema(
                    "este dato ya no se pide: el formulario es de antes de cambiar el tipo de documento",
                    hoja.lugar(sitios[0].fila + 1, sitios[0].columna),
                    hacer="pida el formulario de nuevo y pase a él lo escrito",
                )


def _ajenas(hojas: Sequence[HojaLeida]) -> Iterator[str]:
    for hoja in hojas:
        if not hoja.marcas and hoja.nombre not in _PROPIAS and any(True for _ in hoja.con_algo()):
            yield f"la hoja «{hoja.nombre}» no es del formulario: no se lee"


def _colgar(
    parte: Parte,
    todas: Mapping[str, Parte],
    leidas: Mapping[str, list[FilaLeida]],
    datos: dict[str, Any],
    lectura: Lectura,
) -> None:
    """Pone las filas leídas en su lugar de los datos: en la lista de la raíz o en la de su fila madre."""
    if parte.clave not in leidas:
        return
    if not parte.madre:
        for fila in leidas[parte.clave]:
            _agregar(datos, (), parte, fila, lectura)
        return
    if parte.madre in lectura.rotas:
        lectura.rotas.add(parte.clave)
        return
    madre = todas[parte.madre]
    madres = {f.llave: f for f in leidas.get(parte.madre, ())}
    for fila in leidas[parte.clave]:
        de = madres.get(fila.madre)
        if de is None:
            donde = fila.lugares.get((MADRE,), fila.lugar)
            lectura.problemas.append(
                Problema(f"«{fila.madre}» no está en la hoja «{madre.titulo}»", donde)
                if fila.madre
                else Problema(f"falta decir a qué fila de «{madre.titulo}» pertenece", donde)
            )
            continue
        _agregar(de.valor, de.ruta, parte, fila, lectura)


def _agregar(contenedor: dict[str, Any], base: Ruta, parte: Parte, fila: FilaLeida, lectura: Lectura) -> None:
    for paso in parte.ruta[:-1]:
        contenedor = contenedor.setdefault(paso, {})
    lista = contenedor.setdefault(parte.ruta[-1], [])
    fila.ruta = (*base, *parte.ruta, len(lista))
    lista.append(fila.valor)
    lectura.lugares.setdefault(fila.ruta[:-1], fila.lugar)
    lectura.lugares[fila.ruta] = fila.lugar
    for ruta, lugar in fila.lugares.items():
        lectura.lugares[(*fila.ruta, *ruta)] = lugar


def _reponer(ausentes: Sequence[Parte], base: Any, datos: dict[str, Any]) -> None:
    """Lo de una hoja que no volvió queda como estaba al hacer el formulario."""
    for parte in ausentes:
        if parte.madre or not isinstance(base, dict):
            continue
        rutas = [parte.ruta] if parte.tabla else [(*parte.ruta, *c.ruta) for c in parte.campos]
        for ruta in rutas:
            previo: Any = base
            for paso in ruta:
                previo = previo.get(paso) if isinstance(previo, dict) else None
            if previo is not None:
                poner(datos, ruta, previo)


def _completar_listas(esquema: Any, datos: dict[str, Any]) -> None:
    """Una lista obligatoria que puede estar vacía, y lo está, se dice vacía donde hay algo más escrito."""
    if datos:
        _con_vacias(esquema, datos)


def _con_vacias(esquema: Mapping[str, Any], valor: Any) -> None:
    if isinstance(valor, list):
        for elemento in valor:
            _con_vacias(esquema.get("items", {}), elemento)
        return
    if not isinstance(valor, dict):
        return
    propiedades = esquema.get("properties", {})
    for clave, propio in propiedades.items():
        if clave in valor:
            _con_vacias(propio, valor[clave])
        elif (
            clave in esquema.get("required", ())
            and tipos_de(propio) == ("array",)
            and not propio.get("minItems")
        ):
            valor[clave] = []
