"""Registrar un acto: objetos → diario → evidencias → `main` (aquí ocurre) → etiquetas, archivos, índice.

Antes de que `main` se mueva, un corte deja todo como estaba; después, el diario lo termina.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from sgc_gt.dominio.fechas import RELOJ_ATRASADO
from sgc_gt.errores import Conflicto, EntradaInvalida, IntegridadRota, NoSePudoEscribir, Rechazo, causa_de

from . import contenidos, diario, disco, objetos, recuperacion, trabajo
from .diario import Destino, Diario
from .git import FalloDeGit, Git
from .lector import Lector
from .rutas import exigir_ruta, exigir_rutas
from .valores import CERO, ETIQUETAS, RAMA, Cambio, Entrada, Pendiente

PASOS = (
    "objetos",
    "diario",
    "contenidos",
    "preparado",
    "main",
    "etiquetas",
    "archivo",
    "trabajo",
    "indice",
    "fin",
)

PAUSA = timedelta(days=400)
"""Un servicio puede descansar más que esto, pero conviene preguntar por el reloj."""


class _Armado(NamedTuple):
    """Un acto listo para escribir."""

    oid: str
    blobs: dict[str, bytes]  # oid → bytes
    paquete: bytes
    diario: Diario


class Escritor:
    """Escribe actos con el candado tomado. `base` es el último movimiento y avanza con cada uno."""

    def __init__(self, git: Git, lector: Lector, paso: Callable[[str], None]) -> None:
        self._git = git
        self._lector = lector
        self._paso = paso
        self._base = lector.resolver(RAMA)
        self._anterior: datetime | None = None  # cuándo se anotó el movimiento al que sigue el que se arma
        self.salto: tuple[datetime, datetime] | None = None
        """El instante anterior y el de un movimiento registrado mucho después: quizás el reloj está mal."""

    @property
    def base(self) -> str:
        if self._base is None:
            raise IntegridadRota(
                "la historia está vacía: le falta su primer movimiento", lugar=str(self._git.raiz)
            )
        return self._base

    @property
    def pendientes(self) -> tuple[Pendiente, ...]:
        """Los archivos de trabajo que aún no son los de la historia (abiertos en Word, editados)."""
        return diario.pendientes(self._git.raiz)

    def registrar(self, cambio: Cambio) -> str:
        """Registra el acto y devuelve su oid. Si levanta un rechazo, nada cambió."""
        if diario.leer(self._git.raiz):  # el acto anterior quedó sin completar (disco lleno): primero eso
            recuperacion.recuperar(self._git, self._lector)
        exigir_rutas(cambio.archivos, [*cambio.contenidos, *cambio.retira])
        armado = self._armar(cambio)
        try:
            self._git.correr("unpack-objects", "-q", "--strict", entrada=armado.paquete, escribe=True)
        except FalloDeGit as fallo:
            raise fallo.como_rechazo(str(self._git.raiz)) from fallo
        self._paso("objetos")
        self._mover_main(cambio, armado)
        self._base = armado.oid
        if self._anterior and cambio.instante - self._anterior > PAUSA:
            self.salto = self._anterior, cambio.instante
        self._completar(armado)
        return armado.oid

    def _armar(self, cambio: Cambio) -> _Armado:
        raiz = self._git.raiz
        arbol_base = self._arbol_base(cambio)
        entradas = self._lector.entradas(arbol_base, cambio.archivos) if arbol_base else {}
        blobs = {objetos.oid_de_blob(datos): datos for datos in cambio.archivos.values() if datos is not None}
        despues = {ruta: None if d is None else objetos.oid_de_blob(d) for ruta, d in cambio.archivos.items()}
        self._exigir_archivos(entradas, arbol_base, despues)
        antes = {ruta: entrada.oid for ruta, entrada in entradas.items()}
        archivos = trabajo.destinos(antes, despues, cambio.sustituye, diario.leer_pendientes(raiz))
        trabajo.exigir_sin_ajenos(raiz, archivos)
        arbol, arboles = objetos.aplicar(arbol_base, despues, self._lector.arbol)
        commit = objetos.armar_commit(cambio, arbol, self._base)
        oid = objetos.oid_de("commit", commit)
        etiquetas = self._etiquetas(cambio, oid)
        todos = [("blob", d) for d in blobs.values()] + [*arboles.values(), ("commit", commit)]
        paquete = objetos.armar_paquete([*todos, *(("tag", datos) for datos in etiquetas.values())])
        nombres = {nombre: objetos.oid_de("tag", datos) for nombre, datos in etiquetas.items()}
        nuevas = self._evidencias_nuevas(cambio)
        retiros = {ruta: Destino(None, _conocido(self._git, ruta)) for ruta in cambio.retira}
        anotado = Diario(self._base or CERO, oid, nombres, {**archivos, **retiros}, nuevas)
        return _Armado(oid, blobs, paquete, anotado)

    def _arbol_base(self, cambio: Cambio) -> str | None:
        """El árbol del último movimiento, que no puede ser posterior al que se va a registrar."""
        if self._base is None:
            return None
        ultimo = self._lector.commit(self._base)
        if cambio.instante.tzinfo and cambio.instante < ultimo.fecha:
            raise Conflicto(
                f"el reloj de este equipo ({cambio.instante:%d-%m-%Y %H:%M}) está atrasado respecto "
                f"del último movimiento ({ultimo.fecha:%d-%m-%Y %H:%M})",
                hacer=RELOJ_ATRASADO,
            )
        self._anterior = ultimo.fecha
        return ultimo.arbol

    def _exigir_archivos(
        self, entradas: Mapping[str, Entrada], arbol: str | None, despues: Mapping[str, str | None]
    ) -> None:
        """Una carpeta no pasa a ser archivo ni se borra entera; nada difiere solo en mayúsculas."""
        for ruta, entrada in entradas.items():
            if entrada.es_carpeta:
                raise EntradaInvalida("es una carpeta, y un acto cambia archivos", lugar=ruta)
        nuevas = [ruta for ruta, oid in despues.items() if oid and ruta not in entradas]
        for ruta in nuevas:
            actual = arbol
            partes = ruta.split("/")
            for nivel, parte in enumerate(partes, 1):
                hermanos = self._lector.arbol(actual) if actual else {}
                parecido = {nombre.lower(): nombre for nombre in hermanos}.get(parte.lower(), parte)
                hija = hermanos.get(parte)
                if parecido != parte or (hija and not hija.es_carpeta and nivel < len(partes)):
                    raise EntradaInvalida(f"ya existe «{parecido}» en la misma carpeta", lugar=ruta)
                actual = hija.oid if hija and hija.es_carpeta else None

    def _etiquetas(self, cambio: Cambio, oid: str) -> Mapping[str, bytes]:
        etiquetas = cambio.etiquetas(oid) if cambio.etiquetas else {}
        for nombre, datos in etiquetas.items():
            exigir_ruta(nombre)
            if not datos.startswith(f"object {oid}\ntype commit\ntag {nombre}\ntagger ".encode()):
                raise ValueError(f"la etiqueta {nombre} no nombra su acto")
            if self._lector.resolver(ETIQUETAS + nombre):
                raise IntegridadRota(
                    "la marca de esa versión ya existe y la puso otro",
                    lugar=nombre,
                    hacer="Ejecute `sgc-gt verificar`: alguien escribió en la historia por fuera.",
                )
        return etiquetas

    def _evidencias_nuevas(self, cambio: Cambio) -> dict[str, str]:
        return {
            ruta: objetos.oid_de_blob(datos)
            for ruta, datos in cambio.contenidos.items()
            if not (self._git.raiz / ruta).exists()
        }

    def _mover_main(self, cambio: Cambio, armado: _Armado) -> None:
        """El punto de registro. Si algo falla antes, deshace; si `main` ya se movió, el acto vale."""
        try:
            diario.anotar(self._git.raiz, armado.diario)
            self._paso("diario")
            for ruta, datos in cambio.contenidos.items():
                contenidos.guardar(self._git.raiz, ruta, datos)
            self._paso("contenidos")
            anterior, nuevo, etiquetas = armado.diario[:3]
            ordenes = [f"update {RAMA} {nuevo} {anterior}"]
            ordenes += [f"create {ETIQUETAS}{nombre} {tag}" for nombre, tag in etiquetas.items()]
            self._git.mover_refs(ordenes, lambda: self._paso("preparado"))
        except (OSError, Rechazo) as fallo:
            if self._lector.resolver(RAMA) != armado.oid:
                self._revertir(armado.diario)
                raise self._negativa(fallo) from fallo
        self._paso("main")

    def _revertir(self, anotado: Diario) -> None:
        """Deshace si el acto de verdad no está en la historia; si no se puede, lo hará la próxima orden."""
        with suppress(OSError, Rechazo):
            if not self._git.es_ancestro(anotado.nuevo, RAMA):
                recuperacion.deshacer(self._git, self._lector, anotado)

    def _negativa(self, fallo: OSError | Rechazo) -> Rechazo:
        if isinstance(fallo, FalloDeGit):
            return fallo.como_rechazo(str(self._git.raiz))
        if isinstance(fallo, Rechazo):
            return fallo
        return NoSePudoEscribir(
            f"no se pudo escribir: {causa_de(fallo)}",
            lugar=str(fallo.filename or self._git.raiz),
            hacer="Libere espacio o pida permiso sobre la carpeta y repita la orden: nada cambió.",
        )

    def _completar(self, armado: _Armado) -> None:
        """Lo que sigue a `main`. Si falla, el acto ya vale: el diario queda y la próxima orden lo termina."""
        disco.asegurar_carpeta(self._git.raiz / ".git" / "refs" / "heads")

        def leer(oid: str) -> bytes:
            return armado.blobs[oid] if oid in armado.blobs else self._lector.blob(oid)

        try:
            recuperacion.completar(self._git, armado.diario, self._lector.resolver, leer, self._paso)
        except (OSError, Rechazo):
            return


def _conocido(git: Git, ruta: str) -> list[str]:
    oid = disco.oid_en_disco(git.raiz / ruta)
    return [oid] if oid else []
