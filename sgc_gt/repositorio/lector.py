"""Leer objetos con desconfianza: un proceso `cat-file` para muchos, y la huella de cada uno comprobada.

git entrega sin aviso un objeto cambiado por otro; aquí todo lo leído se vuelve a calcular.
"""

from __future__ import annotations

import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sgc_gt.errores import IntegridadRota

from .git import Git, danada, ilegible
from .objetos import Arbol, Objeto, leer_arbol, leer_commit, oid_de
from .valores import RAMA, Commit, Entrada

RECORDADOS = 20_000  # árboles en memoria; un proceso que vive horas no crece sin fin
TANDA = 60  # preguntas por vez: caben en la tubería más pequeña (4 kB en Windows) y nadie queda esperando


class Lectura(ABC):
    """Leer por oid y por ruta, sobre cualquier forma de traer objetos comprobados."""

    def __init__(self) -> None:
        self._arboles: dict[str, Arbol] = {}

    @abstractmethod
    def resolver(self, nombre: str) -> str | None:
        """El oid de una referencia, o None si no existe."""

    @abstractmethod
    def objetos(self, oids: Iterable[str]) -> Iterator[Objeto]:
        """(tipo, bytes) de cada oid, en el mismo orden y comprobados."""

    def cabeza(self) -> str:
        """El oid del último movimiento."""
        oid = self.resolver(RAMA)
        if oid is None:
            raise IntegridadRota(
                "la historia no tiene línea principal",
                lugar=RAMA,
                hacer="Recupere la carpeta desde el último respaldo.",
            )
        return oid

    def archivos(self, rutas: Iterable[str], commit: str | None = None) -> dict[str, bytes]:
        """Los archivos que existen en ese movimiento (el último, si no se dice)."""
        entradas = self.entradas(self.commit(commit or self.cabeza()).arbol, rutas)
        oids = {ruta: entrada.oid for ruta, entrada in entradas.items() if not entrada.es_carpeta}
        return {ruta: datos for ruta, (_, datos) in zip(oids, self.objetos(oids.values()), strict=True)}

    def objeto(self, oid: str) -> Objeto:
        return next(iter(self.objetos([oid])))

    def blob(self, oid: str) -> bytes:
        return self._de_tipo("blob", oid, self.objeto(oid))

    def commit(self, oid: str) -> Commit:
        return leer_commit(oid, self._de_tipo("commit", oid, self.objeto(oid)))

    def arbol(self, oid: str) -> Arbol:
        return self.arboles([oid])[oid]

    def arboles(self, oids: Sequence[str]) -> dict[str, Arbol]:
        if len(self._arboles) > RECORDADOS:
            self._arboles.clear()
        faltan = [oid for oid in dict.fromkeys(oids) if oid not in self._arboles]
        for oid, objeto in zip(faltan, self.objetos(faltan), strict=True):
            self._arboles[oid] = leer_arbol(oid, self._de_tipo("tree", oid, objeto))
        return {oid: self._arboles[oid] for oid in oids}

    def entradas(self, arbol: str, rutas: Iterable[str]) -> dict[str, Entrada]:
        """Las entradas que existen, bajando nivel por nivel: pocas preguntas grandes y todo comprobado."""
        vivas = [(ruta, tuple(ruta.split("/")), Entrada("40000", arbol)) for ruta in rutas]
        halladas: dict[str, Entrada] = {}
        while vivas:
            arboles = self.arboles([entrada.oid for _, _, entrada in vivas])
            siguientes = []
            for ruta, (nombre, *resto), actual in vivas:
                hija = arboles[actual.oid].get(nombre)
                if hija is None:
                    continue
                if not resto:
                    halladas[ruta] = hija
                elif hija.es_carpeta:
                    siguientes.append((ruta, tuple(resto), hija))
            vivas = siguientes
        return halladas

    def nombres(self, arbol: str, ruta: str) -> list[str]:
        """Lo que una carpeta contiene, sin bajar más; vacío si no existe."""
        raiz = self.entradas(arbol, [ruta]).get(ruta)
        return list(self.arbol(raiz.oid)) if raiz and raiz.es_carpeta else []

    def carpeta(self, arbol: str, ruta: str) -> dict[str, str]:
        """ruta → oid de todos los archivos bajo una carpeta; vacío si no existe."""
        raiz = self.entradas(arbol, [ruta]).get(ruta)
        if raiz is None or not raiz.es_carpeta:
            return {}
        halladas: dict[str, str] = {}
        vivas = [(ruta, raiz.oid)]
        while vivas:
            arboles = self.arboles([oid for _, oid in vivas])
            hijas = [(f"{base}/{n}", e) for base, oid in vivas for n, e in arboles[oid].items()]
            halladas.update({camino: e.oid for camino, e in hijas if not e.es_carpeta})
            vivas = [(camino, e.oid) for camino, e in hijas if e.es_carpeta]
        return halladas

    def _de_tipo(self, tipo: str, oid: str, objeto: Objeto) -> bytes:
        if objeto[0] != tipo:
            raise IntegridadRota(f"se esperaba un objeto {tipo} y hay un {objeto[0]}", lugar=oid)
        return objeto[1]


class Lector(Lectura):
    """Un proceso `cat-file` para muchas preguntas."""

    def __init__(self, git: Git, proceso: subprocess.Popen[bytes]) -> None:
        super().__init__()
        self._git = git
        self._proceso = proceso

    def resolver(self, nombre: str) -> str | None:
        self._preguntar(f"info {nombre}\nflush\n")
        partes = self._linea().split(" ")
        return partes[0] if len(partes) == 3 else None

    def objetos(self, oids: Iterable[str]) -> Iterator[Objeto]:
        pedidos = list(oids)
        for inicio in range(0, len(pedidos), TANDA):
            tanda = pedidos[inicio : inicio + TANDA]
            self._preguntar("".join(f"contents {oid}\n" for oid in tanda) + "flush\n")
            # Se reciben todas antes de negar una: la que quedara sin leer se tomaría por la siguiente.
            for respuesta in [self._recibir(oid) for oid in tanda]:
                if isinstance(respuesta, IntegridadRota):
                    raise respuesta
                yield respuesta

    def _preguntar(self, texto: str) -> None:
        if self._proceso.stdin is None:  # pragma: no cover - siempre hay tubería
            raise EOFError
        try:
            self._proceso.stdin.write(texto.encode("ascii"))
            self._proceso.stdin.flush()
        except BrokenPipeError as causa:
            raise self._caido() from causa

    def _linea(self) -> str:
        linea = self._proceso.stdout.readline() if self._proceso.stdout else b""
        if not linea.endswith(b"\n"):
            raise self._caido()
        return linea[:-1].decode("utf-8", "replace")

    @property
    def vivo(self) -> bool:
        """Si su proceso sigue contestando: git termina al tropezar con un objeto dañado."""
        return self._proceso.poll() is None

    def _recibir(self, oid: str) -> Objeto | IntegridadRota:
        cabecera = self._linea()
        if cabecera.endswith(" missing"):
            return danada(oid, "falta o no se puede leer")
        hallado, tipo, largo = cabecera.split(" ")
        cuerpo = self._proceso.stdout.read(int(largo) + 1) if self._proceso.stdout else b""
        if len(cuerpo) != int(largo) + 1:
            raise self._caido()
        try:
            return comprobado(oid, hallado, tipo, cuerpo[:-1])
        except IntegridadRota as rota:
            return rota

    def _caido(self) -> Exception:
        self._proceso.kill()
        _, errores = self._proceso.communicate()
        self._git.exigir_version()  # un git antiguo no conoce la orden: se pregunta solo al fallar
        return ilegible(self._git.raiz, errores.decode("utf-8", "replace"))


def comprobado(oid: str, hallado: str, tipo: str, datos: bytes) -> Objeto:
    """El objeto, si sus bytes dan el oid que se pidió."""
    if hallado != oid or oid_de(tipo, datos) != oid:
        raise danada(oid, "no tiene los bytes que se registraron")
    return tipo, datos


@contextmanager
def abrir_lector(git: Git) -> Iterator[Lector]:
    with git.proceso("cat-file", "--batch-command", "--buffer") as proceso:
        yield Lector(git, proceso)
