"""La fachada del motor: una carpeta con historia. Lee sin candado; escribe de a uno.

with repositorio.escritura() as escritor:
    escritor.registrar(cambio)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from . import apertura, diario, disco
from .git import Git
from .lector import Lector, abrir_lector
from .valores import ETIQUETAS, RAMA, Ajeno, Cambio, Commit, Firma, Pendiente

# Lo que solo sirve para escribir o revisar se importa donde se usa: consultar no debe pagar sus 20 ms.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from datetime import datetime

    from .contenidos import Contenido
    from .escritura import Escritor
    from .historia import Diferencia
    from .reposicion import Repuesto

ESPERA = 15.0  # segundos que se espera a quien está registrando
ETIQUETAS_FORMATO = "%(objectname) %(objecttype) %(refname)"


def sin_pasos(_: str) -> None:
    """No hace nada: los pasos solo interesan a quien prueba cortes."""


class Repositorio:
    """Un repositorio del sistema. `paso` recibe el nombre de cada etapa de un acto."""

    def __init__(self, raiz: Path, paso: Callable[[str], None] = sin_pasos) -> None:
        self.raiz = raiz
        self._git = Git(raiz)
        self._paso = paso
        self._compartido: Lector | None = None
        self._por_ficha: dict[str, list[Commit]] | None = None
        self._contados: dict[str, int] = {}
        self.salto: tuple[datetime, datetime] | None = (
            None  # lo último que se anotó, muy lejos de lo anterior
        )
        self.sin_carpeta = False  # una historia sola no tiene archivos de trabajo ni evidencias que mirar

    @classmethod
    def crear(
        cls, raiz: Path, primer: Cambio, usuario: Firma | None = None, paso: Callable[[str], None] = sin_pasos
    ) -> Repositorio:
        """Crea la carpeta con su primer movimiento, entera o nada."""
        from . import creacion

        raiz = raiz.absolute()
        creacion.crear(raiz, primer, usuario, paso)
        return cls(raiz, paso)

    @classmethod
    def abrir(cls, raiz: Path, paso: Callable[[str], None] = sin_pasos) -> Repositorio:
        """Abre la carpeta; rechaza la que no es un repositorio completo y propio."""
        repositorio = cls(raiz.absolute(), paso)
        apertura.exigir_repositorio(repositorio._git)
        return repositorio

    @classmethod
    def abrir_copia(cls, raiz: Path) -> Repositorio:
        """Como `abrir`, y admite además la historia sola, sin carpeta de trabajo: para revisar una copia."""
        if not apertura.es_historia_sola(raiz):
            return cls.abrir(raiz)
        repositorio = cls(raiz.absolute())
        repositorio.sin_carpeta = True
        apertura.exigir_historia_sola(repositorio._git)
        return repositorio

    @contextmanager
    def lector(self) -> Iterator[Lector]:
        """Un proceso para leer muchos objetos; todos comprobados."""
        if self._compartido is not None and self._compartido.vivo:
            yield self._compartido
            return
        with abrir_lector(self._git) as lector:
            yield lector

    @contextmanager
    def compartiendo(self) -> Iterator[Lector]:
        """Mientras dura, todas las lecturas de este objeto usan un solo proceso."""
        anterior = self._compartido
        with self.lector() as lector:
            self._compartido = lector
            try:
                yield lector
            finally:
                self._compartido = anterior

    def cabeza(self) -> str:
        """El oid del último movimiento."""
        with self.lector() as lector:
            return lector.cabeza()

    def cadena(self) -> list[str]:
        """Los oid de todos los movimientos, del primero al último, como git los cuenta."""
        salida = self._git.consultar("rev-list", "--first-parent", "--reverse", RAMA, "--")
        return salida.decode("ascii").split()

    def commit(self, oid: str) -> Commit:
        """Un eslabón de la historia, comprobado."""
        with self.lector() as lector:
            return lector.commit(oid)

    def contar(self, commit: str) -> int:
        """Cuántos movimientos tiene la historia hasta ese, contándolo."""
        if commit not in self._contados:  # lo que hay hasta un movimiento no cambia: se pregunta una vez
            cuenta = self._git.consultar("rev-list", "--first-parent", "--count", commit, "--")
            self._contados[commit] = int(cuenta)
        return self._contados[commit]

    def marca(self) -> tuple[tuple[int, int], ...]:
        """Una señal barata que cambia cuando la historia avanza: para saber si vale la pena mirar."""
        nombres = (RAMA, "packed-refs")
        return tuple(disco.sena(self.raiz / ".git" / nombre) for nombre in nombres)

    def leer(self, ruta: str, commit: str | None = None) -> bytes | None:
        return self.leer_varios([ruta], commit).get(ruta)

    def leer_varios(self, rutas: Iterable[str], commit: str | None = None) -> dict[str, bytes]:
        """Los archivos que existen en ese movimiento (el último, si no se dice), en un solo proceso."""
        with self.lector() as lector:
            return lector.archivos(rutas, commit)

    def leer_objeto(self, oid: str) -> tuple[str, bytes]:
        with self.lector() as lector:
            return lector.objeto(oid)

    def listar(self, prefijo: str = "", commit: str | None = None) -> dict[str, str]:
        """ruta → oid de los archivos bajo `prefijo` (una carpeta, con o sin «/» final)."""
        camino = ["--", prefijo.rstrip("/") + "/"] if prefijo else ["--"]
        salida = self._git.consultar("ls-tree", "-r", "-z", "--full-tree", commit or RAMA, *camino)
        filas = (fila.split(b"\t", 1) for fila in salida.split(b"\0") if fila)
        return {ruta.decode("utf-8", "surrogateescape"): datos[-40:].decode() for datos, ruta in filas}

    def carpeta(self, ruta: str, commit: str | None = None) -> dict[str, str]:
        """Como `listar`, para una carpeta pequeña: sin otro proceso."""
        with self.lector() as lector:
            return lector.carpeta(lector.commit(commit or lector.cabeza()).arbol, ruta.rstrip("/"))

    def nombres(self, ruta: str, commit: str | None = None) -> list[str]:
        """Los nombres de lo que una carpeta contiene, sin bajar más."""
        with self.lector() as lector:
            return lector.nombres(lector.commit(commit or lector.cabeza()).arbol, ruta.rstrip("/"))

    def oids(self, rutas: Iterable[str], commit: str | None = None) -> dict[str, str]:
        """ruta → oid de los archivos que existen en ese movimiento (el último, si no se dice)."""
        with self.lector() as lector:
            arbol = lector.commit(commit or lector.cabeza()).arbol
            entradas = lector.entradas(arbol, rutas).items()
            return {ruta: entrada.oid for ruta, entrada in entradas if not entrada.es_carpeta}

    def blobs(self, oids: Iterable[str]) -> list[bytes]:
        """Los bytes de esos blobs, en el mismo orden, comprobados contra su oid."""
        with self.lector() as lector:
            return [datos for _, datos in lector.objetos(oids)]

    def oid_en_trabajo(self, ruta: str) -> str | None:
        """El oid que tendría el archivo tal como está hoy en la carpeta; None si no está."""
        return disco.oid_en_disco(self.raiz / ruta)

    def contenido(self, contenido: Contenido) -> bytes:
        """Los bytes de una evidencia, comprobados; IntegridadRota si falta o cambió."""
        from . import contenidos

        return contenidos.leer(self.raiz, contenido)

    def revisar_contenido(self, contenido: Contenido) -> str:
        """«falta», «alterado», «ilegible», «enlace», o vacío si la evidencia está y es la registrada."""
        from . import contenidos

        hallazgo = contenidos.verificar(self.raiz, contenido)
        return hallazgo.causa if hallazgo else ""

    @contextmanager
    def escritura(self, espera: float = ESPERA) -> Iterator[Escritor]:
        """Toma el candado, termina lo que un corte dejó a medias y entrega con qué registrar."""
        from .escritura import Escritor

        with self._exclusivo(espera) as lector:
            escritor = Escritor(self._git, lector, self._paso)
            try:
                yield escritor
            finally:
                self.salto = escritor.salto or self.salto

    @contextmanager
    def _exclusivo(self, espera: float) -> Iterator[Lector]:
        from .candado import candado
        from .recuperacion import recuperar

        apertura.exigir_rama(self._git)
        with candado(self.raiz, espera) as descriptor:
            self._git.candado = descriptor
            try:
                with self.compartiendo() as lector:
                    recuperar(self._git, lector)
                    yield lector
            finally:
                self._git.candado = None

    def recuperar(self) -> tuple[Pendiente, ...]:
        """Termina lo que quedó a medias, reintenta los archivos abiertos y devuelve los que siguen así."""
        with self._exclusivo(ESPERA):
            return self.pendientes()

    def pendientes(self) -> tuple[Pendiente, ...]:
        """Los archivos de trabajo que aún no son los de la historia. No escribe ni toma el candado."""
        return diario.pendientes(self.raiz)

    def bitacora(self, ruta: str | None = None, desde: str | None = None) -> Iterator[Commit]:
        from . import historia

        if self._por_ficha is not None and ruta in self._por_ficha and desde is None:
            return iter(self._por_ficha[ruta])
        return historia.bitacora(self._git, ruta, desde)

    @contextmanager
    def por_ficha(self) -> Iterator[None]:
        """Mientras dura, la bitácora de cada ficha sale de una sola lectura de la historia entera.

        Para quien mira muchas: preguntarle a git por cada una cuesta un proceso y un recorrido por vez.
        """
        from . import historia

        self._por_ficha = historia.por_ficha(self._git)
        try:
            yield
        finally:
            self._por_ficha = None

    def diferencia(self, commit: str) -> Diferencia:
        from . import historia

        with self.lector() as lector:
            return historia.diferencia(lector, commit)

    def diferencias(self, desde: str | None = None) -> Iterator[tuple[str, Diferencia]]:
        from . import historia

        return historia.diferencias(self._git, desde)

    def etiquetas(self) -> dict[str, tuple[str, str]]:
        """nombre → (oid, tipo): «tag» si es anotada; «commit» si alguien puso una liviana."""
        salida = self._git.consultar("for-each-ref", f"--format={ETIQUETAS_FORMATO}", ETIQUETAS)
        filas = (linea.split(" ", 2) for linea in salida.decode("utf-8").splitlines())
        return {nombre.removeprefix(ETIQUETAS): (oid, tipo) for oid, tipo, nombre in filas}

    def enfardar(self, destino: Path, commit: str) -> None:
        """La historia hasta ese movimiento y sus etiquetas, en un archivo que `git clone` lee sin red."""
        from . import fardo

        etiquetas = {f"{ETIQUETAS}{nombre}": oid for nombre, (oid, _) in self.etiquetas().items()}
        fardo.escribir(self._git, destino, {"HEAD": commit, RAMA: commit, **etiquetas})

    def contenidos_presentes(self) -> list[str]:
        """Los archivos que hay en las carpetas de evidencias, los nombre una ficha o no."""
        from . import contenidos

        return contenidos.presentes(self.raiz)

    def olvidar(self) -> bool:
        """Borra lo que las consultas recuerdan de lecturas anteriores. False si no se pudo."""
        from . import disco

        return disco.olvidar(self.raiz)

    def cambios_ajenos(self, rutas: Iterable[str] | None = None, *, completo: bool = False) -> list[Ajeno]:
        """Lo que difiere de la historia y no es borrador: en esas rutas, o en toda la carpeta.

        `completo` lee todos los archivos en vez de creer en sus fechas.
        """
        from . import revision

        if completo:
            return revision.ajenos_completo(self._git, self.listar())
        if rutas is None:
            return revision.ajenos_rapido(self._git, self._oids)
        rutas = list(rutas)
        return revision.ajenos_en(self._git, self._oids(rutas), rutas)

    def reponer(self, cabeza: str, etiquetas: Mapping[str, bytes], rutas: Iterable[str]) -> list[Repuesto]:
        """Rehace esas etiquetas, los archivos de trabajo y el índice, si la historia sigue en `cabeza`."""
        from . import reposicion

        with self._exclusivo(ESPERA) as lector:
            return reposicion.reponer(self._git, lector, cabeza, etiquetas, list(rutas))

    def revisar_objetos(self) -> list[str]:
        """Lo que la revisión completa de git encuentra dañado; lista vacía si está sano."""
        from . import revision

        return revision.revisar_objetos(self._git)

    def mantener(self, *, forzar: bool = False) -> bool:
        """Empaca y rehace el grafo si hace falta (mirarlo cuesta menos de 1 ms). Dice si lo hizo."""
        from . import mantenimiento

        if not (forzar or mantenimiento.hace_falta(self.raiz)):
            return False
        with self._exclusivo(ESPERA):
            mantenimiento.mantener(self._git)
        return True

    def proteger(self, ruta: str, *, solo_lectura: bool) -> None:
        """Marca un archivo de trabajo como de solo lectura (enviado a revisión), o lo libera."""
        disco.proteger(self.raiz / ruta, solo_lectura=solo_lectura)

    def _oids(self, rutas: Iterable[str]) -> dict[str, str]:
        with self.lector() as lector:
            arbol = lector.commit(lector.cabeza()).arbol
            return {ruta: entrada.oid for ruta, entrada in lector.entradas(arbol, rutas).items()}
