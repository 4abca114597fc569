"""`verificar`: repite la cadena entera, acto por acto, por las mismas guardas con que se registró.

Lo que se exige de cada movimiento está en `repeticion`; lo que se exige al final, en `cierre`. Un ancla de
fuera agrega lo que la cadena sola no sabe: que no le falte el final y que no sea otra.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from sgc_gt.consultas import cierre
from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.cierre import Hallazgo, evidencias_de
from sgc_gt.consultas.contraste import contrastar
from sgc_gt.consultas.repeticion import CAMBIADA, Diferencia, Exigencia, Quiebre, Taller, repetir
from sgc_gt.consultas.replica import Replica
from sgc_gt.contexto import Vista
from sgc_gt.dominio.ancla import Ancla, escribir
from sgc_gt.dominio.fechas import imprimir_instante
from sgc_gt.errores import IntegridadRota, Rechazo
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Commit

__all__ = ["Hallazgo", "Informe", "Pedida", "ancla_de", "evidencias_de", "informe_a_dict", "verificar"]

TANDA = 64
"""Cuántos movimientos se leen por vez: los archivos de una tanda caben holgados en la memoria."""
HOLGURA = timedelta(minutes=10)
"""Cuánto pueden diferir los relojes de dos equipos sin que valga la pena decirlo."""
COLA = 48
"""Cuántas lecturas de Word pueden estar encargadas a la vez."""
SIN_ANCLA = (
    "Sin un ancla anotada en otra parte no se puede saber si falta el final de la historia, ni si es otra"
)

RECORDADO = "lo que las consultas recuerdan de otras veces: no se pudo borrar, y «estado» y «auditar» lo usan"
"""`verificar` no cree en nada de eso, y lo borra: quien pudo escribir en la carpeta pudo escribirlo."""


class Pedida(NamedTuple):
    """Lo que se pide además de repetir la cadena."""

    anclas: tuple[Ancla, ...] = ()
    desde: int = 0  # cuántos movimientos se dan por revisados
    con_evidencias: bool = True
    ahora: datetime | None = None  # la hora de quien revisa, si la dice


class Informe(NamedTuple):
    """El resultado: `ok`, cuántos movimientos se revisaron y lo que se encontró."""

    ok: bool
    revisado: int
    alertas: tuple[Hallazgo, ...]
    avisos: tuple[Hallazgo, ...] = ()  # lo que no contradice a ningún movimiento y conviene mirar
    desde: int = 0  # los movimientos que se dieron por revisados
    ancla: str = ""  # la del último movimiento, para anotarla
    anclas: tuple[str, ...] = ()  # las que se dieron y calzan
    sin_revisar: tuple[str, ...] = ()  # lo que esta copia no permite comprobar, en oraciones
    limite: str = ""  # lo que ni así se puede saber
    etiquetas: Mapping[str, bytes] = {}  # las que las emisiones dictan, con sus bytes
    firmados: int = 0  # cuántos de los revisados van firmados, y su firma vale
    dispuestos: tuple[Hallazgo, ...] = ()  # los archivos que ya no están, y el acto que lo explica


class _Repaso:
    """Una revisión en curso: lo que se va encontrando."""

    def __init__(self, repo: Repositorio, taller: Taller, pedida: Pedida) -> None:
        self.repo, self.taller, self.pedida = repo, taller, pedida
        self.cadena = repo.cadena()
        self.replica = Replica(repo)
        self.dispuestos: tuple[Hallazgo, ...] = ()
        self._entera: Replica | None = None  # la réplica, si llegó al último movimiento
        self.alertas: list[Hallazgo] = []
        self.avisos: list[Hallazgo] = []
        self._por_venir: list[Hallazgo] = []  # los fechados después de la hora de quien revisa
        self.etiquetas: dict[str, bytes] = {}
        self.revisado = 0
        self.firmados = 0
        self._encargado: deque[tuple[Commit, int, Exigencia]] = deque()

    @property
    def numero(self) -> int:
        """El movimiento que toca revisar."""
        return self.pedida.desde + self.revisado + 1

    def repetir(self, avanzar: Callable[[int], None]) -> None:
        """Repite los movimientos; se detiene en el primero que rompe una regla."""
        try:
            anterior = self._partir()
            for commit, diferencia in _por_tandas(self.repo, self.replica, anterior and anterior.oid):
                try:
                    hecho = repetir(self.replica, commit, anterior, diferencia, self.taller)
                except (Quiebre, Rechazo) as quiebre:
                    if self._exigir_todo():
                        self.alertas.append(_hallazgo(commit, self.numero, quiebre))
                    return
                self.etiquetas.update(hecho.etiquetas)
                self._avisar(commit, hecho.avisos)
                self._encargado.extend((commit, self.numero, exigencia) for exigencia in hecho.por_exigir)
                anterior = commit
                self.revisado += 1
                self.firmados += commit.firma is not None
                if not self._exigir_todo(COLA):
                    return
                avanzar(self.revisado)
            self._exigir_todo()
        except Quiebre as quiebre:
            self.alertas.append(Hallazgo(quiebre.regla, f"movimiento {self.numero}", quiebre.mensaje))
        except Rechazo as rechazo:
            lugar = rechazo.lugar or f"movimiento {self.numero}"
            self.alertas.append(Hallazgo("historia", lugar, rechazo.mensaje))

    def _avisar(self, commit: Commit, avisos: Sequence[str]) -> None:
        """Anota lo que conviene mirar del movimiento, aunque sea legal."""
        lugar = _lugar(commit, self.numero)
        self.avisos.extend(Hallazgo("firma", lugar, aviso) for aviso in avisos)
        ahora = self.pedida.ahora
        if ahora and commit.fecha > ahora + HOLGURA:
            aqui = imprimir_instante(ahora.astimezone(commit.fecha.tzinfo))
            dicho = f"se anotó el {imprimir_instante(commit.fecha)}, y para este equipo es el {aqui}"
            self._por_venir.append(Hallazgo("fecha", lugar, dicho))

    def por_venir(self) -> Iterator[Hallazgo]:
        """El primer movimiento fechado después de la hora de quien revisa, y cuántos más hay."""
        for primero in self._por_venir[:1]:
            mas = len(self._por_venir) - 1
            otros = f"; después hay {mas} más" if mas else ""
            yield primero._replace(mensaje=f"{primero.mensaje}: uno de los dos relojes está mal{otros}")

    def _exigir_todo(self, menos: int = 0) -> bool:
        """Exige lo encargado, lo más antiguo primero, salvo lo último (`menos`); False si algo falla."""
        while len(self._encargado) > menos:
            commit, numero, exigencia = self._encargado.popleft()
            try:
                exigencia()
            except (Quiebre, Rechazo) as quiebre:
                self.revisado = numero - 1 - self.pedida.desde
                self.alertas.append(_hallazgo(commit, numero, quiebre))
                return False
        return True

    def _partir(self) -> Commit | None:
        """El último movimiento que se da por revisado, ya puesto en la réplica; None si se parte de cero."""
        if not self.pedida.desde:
            return None
        commit = self.repo.commit(self.cadena[self.pedida.desde - 1])
        self.replica.partir_de(self.pedida.desde, self.repo.listar("", commit.oid))
        if self.replica.arbol.oid() != commit.arbol:
            raise Quiebre("historia", CAMBIADA)
        self.etiquetas = cierre.etiquetas_hasta(self.repo, commit.oid)
        return commit

    def cerrar(self) -> tuple[str, ...]:
        """Lo que se exige al final; devuelve lo que esta copia no permite comprobar."""
        self.alertas.extend(cierre.unicidad(self.replica))
        self.alertas.extend(cierre.etiquetas(self.repo, self.etiquetas))
        sin_revisar = []
        if self.pedida.con_evidencias and not self.repo.sin_carpeta:
            self.alertas.extend(cierre.evidencias(self.repo, self.replica))
        elif cuantas := sum(1 for _ in evidencias_de(self.replica)):
            cuenta = "un archivo" if cuantas == 1 else f"{cuantas} archivos"
            sin_revisar.append(f"las evidencias ({cuenta}): no viajan con la historia")
        if self.repo.sin_carpeta:
            sin_revisar.append("los archivos de la carpeta: esta copia es la historia sola")
        else:
            self.alertas.extend(cierre.carpeta(self.repo))
        self._entera = self.replica
        self.dispuestos = tuple(
            Hallazgo("disposicion", r, razon) for r, _, razon in cierre.retiradas_de(self.replica)
        )
        return tuple(sin_revisar)

    def por_mirar(self) -> tuple[tuple[Hallazgo, ...], tuple[str, ...]]:
        """Lo que nadie registró, haya o no alertas; y lo que una historia dañada no dejó mirar."""
        if self.repo.sin_carpeta:
            return (), ()
        try:
            vista = self._entera or Vista(self.repo, self.repo.cabeza())
            return tuple(cierre.sobrantes(self.repo, vista)), ()
        except Rechazo as rechazo:
            return (), (f"los archivos que nadie registró: {rechazo.mensaje}",)


def verificar(
    repo: Repositorio,
    taller: Taller,
    avanzar: Callable[[int], None] = lambda _: None,
    pedida: Pedida = Pedida(),  # noqa: B008  (un valor inmutable)
) -> Informe:
    """Revisa la cadena y se detiene en el primer movimiento que rompe una regla.

    `taller` lee y sella archivos Word; lo pone quien llama, porque componerlos es de otro piso.
    """
    olvidado = repo.olvidar()
    repaso = _Repaso(repo, taller, pedida)
    repaso.repetir(avanzar)
    sin_revisar = () if repaso.alertas else repaso.cerrar()
    if not olvidado:
        sin_revisar = (*sin_revisar, RECORDADO)
    malas = {a: hallazgo for a in pedida.anclas if (hallazgo := contrastar(a, repaso.cadena))}
    alertas = (*malas.values(), *repaso.alertas)
    avisos, sin_leer = repaso.por_mirar()
    return Informe(
        ok=not alertas,
        revisado=repaso.revisado,
        alertas=alertas,
        avisos=(*repaso.por_venir(), *repaso.avisos, *avisos),
        desde=pedida.desde,
        ancla=ancla_de(repo),
        anclas=tuple(escribir(a) for a in pedida.anclas if a not in malas),
        sin_revisar=(*sin_revisar, *sin_leer),
        limite=_limite(pedida.anclas, len(repaso.cadena)),
        etiquetas=repaso.etiquetas,
        firmados=repaso.firmados,
        dispuestos=repaso.dispuestos,
    )


def _limite(anclas: Sequence[Ancla], largo: int) -> str:
    ultima = max((a.numero for a in anclas), default=0)
    if not ultima:
        return SIN_ANCLA
    if ultima >= largo:
        return ""
    return f"Las anclas llegan al movimiento {ultima}: si falta algo después, con ellas no se puede saber"


def _por_tandas(
    repo: Repositorio, replica: Replica, desde: str | None
) -> Iterator[tuple[Commit, Diferencia]]:
    """Los movimientos con lo que cambiaron; cada tanda trae sus archivos en una conversación con git."""
    movimientos = zip_longest(repo.bitacora(desde=desde), repo.diferencias(desde))
    fallo: Rechazo | None = None
    while fallo is None:
        tanda: list[tuple[Commit, Diferencia]] = []
        try:
            for commit, cambiado in islice(movimientos, TANDA):
                if commit is None or cambiado is None or cambiado[0] != commit.oid:
                    raise Quiebre("cadena", "el orden de los movimientos no es el de la historia")
                tanda.append((commit, cambiado[1]))
        except Rechazo as rechazo:  # lo anterior se revisa igual: el primer quiebre puede estar antes
            fallo = rechazo
        with suppress(IntegridadRota):  # un archivo dañado se nombra al llegar a su movimiento
            pares = (par for _, diferencia in tanda for par in diferencia.values())
            replica.despensa.traer(nuevo or viejo or "" for viejo, nuevo in pares)
        yield from tanda
        if len(tanda) < TANDA:
            break
    if fallo is not None:
        raise fallo


def _hallazgo(commit: Commit, n: int, quiebre: Quiebre | Rechazo) -> Hallazgo:
    regla = quiebre.regla if isinstance(quiebre, Quiebre) else "acto"
    dicho = str(quiebre)
    if (
        isinstance(quiebre, Rechazo) and quiebre.lugar == commit.oid[:12]
    ):  # el lugar ya dice cuál movimiento es
        dicho = f"{quiebre.mensaje}; {quiebre.hacer}"
    return Hallazgo(regla, _lugar(commit, n), dicho)


def _lugar(commit: Commit, n: int) -> str:
    oracion = commit.mensaje.partition("\n")[0]
    return f"movimiento {n} ({commit.oid[:12]}): {oracion}"


def informe_a_dict(informe: Informe) -> dict[str, Any]:
    """El informe con las claves del contrato."""
    return {
        "ok": informe.ok,
        "revisado": informe.revisado,
        "alertas": [a._asdict() for a in informe.alertas],
        "avisos": [a._asdict() for a in informe.avisos],
        "desde": informe.desde,
        "ancla": informe.ancla,
        "anclas": list(informe.anclas),
        "sin_revisar": list(informe.sin_revisar),
        "limite": informe.limite,
        "firmados": informe.firmados,
        "dispuestos": [d._asdict() for d in informe.dispuestos],
    }
