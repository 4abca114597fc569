"""La única puerta a git: entorno limpio, listas fijas de argumentos, nombres separados por NUL.

Ninguna llamada hereda la configuración de la persona ni del sistema, ni variables `GIT_*`, ni ejecuta los
ganchos o monitores que el repositorio nombre.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sgc_gt.errores import Conflicto, IntegridadRota, NoSePudoEscribir, ProgramaAusente, Rechazo

VERSION_MINIMA = (2, 36)  # cat-file --batch-command y core.fsyncMethod=batch
SIN_ESCRITURA = (
    "No space left",
    "Permission denied",
    "Read-only file system",
    "File too large",
    "unable to write",
    "insufficient permission",
    "Disk quota exceeded",
    "write error",
    "sha1 file",
)
SIN_TAMANO = -25  # SIGXFSZ: el sistema cortó a git por pasar el tamaño que permite escribir
OCUPADO = ("File exists", "but expected", "reference already exists", "Unable to create", "is at ")
DANADO = (
    "loose object",
    "corrupt",
    "hash mismatch",
    "inflate:",
    "unable to unpack",
    "bad object",
    "bad tree",
)
AJUSTES: tuple[tuple[str, str], ...] = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("core.fsync", "all"),
    ("core.fsyncMethod", "batch"),
    ("core.autocrlf", "false"),
    ("core.quotePath", "false"),
    ("core.longPaths", "true"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
)


class FalloDeGit(Rechazo):
    """git terminó mal. Guarda la orden, el código y lo que escribió, para el registro y para traducirlo."""

    clase = "git"

    def __init__(self, orden: Sequence[str], codigo: int, salida: bytes, errores: bytes) -> None:
        self.orden = tuple(orden)
        self.codigo = codigo
        self.salida_git = salida
        self.errores = errores.decode("utf-8", "replace").strip()
        super().__init__(
            f"git no pudo completar «{orden[0]}» (código {codigo}): {self.errores or 'sin explicación'}",
            hacer="Reintente; si se repite, ejecute `sgc-gt verificar`.",
        )

    def dice(self, textos: Sequence[str]) -> bool:
        return any(texto in self.errores for texto in textos)

    def como_rechazo(self, lugar: str) -> Rechazo:
        """La negativa que entiende quien registra; los textos de git llegan en inglés (LC_ALL=C)."""
        if self.codigo == SIN_TAMANO or self.dice(SIN_ESCRITURA):
            return NoSePudoEscribir(
                "no se pudo escribir en la carpeta del sistema",
                lugar=lugar,
                esperado="espacio libre y permiso de escritura",
                hacer="Libere espacio o pida permiso sobre la carpeta y repita la orden: nada cambió.",
            )
        if self.codigo < 0:
            return NoSePudoEscribir(
                "git se interrumpió antes de terminar",
                lugar=lugar,
                hacer="Libere espacio o memoria y repita la orden: nada cambió.",
            )
        if self.dice(OCUPADO):
            return Conflicto(
                "otro programa escribió en la historia al mismo tiempo; nada cambió",
                lugar=lugar,
                hacer="Repita la orden; si se repite, cierre los demás programas que usan la carpeta.",
            )
        if self.dice(DANADO):
            return danada(lugar, "está dañado")
        return self


def entorno(raiz: Path, *, escribe: bool = False) -> dict[str, str]:
    """El entorno de una llamada: el del proceso sin `GIT_*`, más lo que el motor fija."""
    limpio = {clave: valor for clave, valor in os.environ.items() if not clave.upper().startswith("GIT_")}
    ajustes = (*AJUSTES, ("safe.directory", str(raiz)), ("safe.directory", raiz.as_posix()))
    limpio.update(
        LC_ALL="C",
        GIT_CONFIG_NOSYSTEM="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_NO_REPLACE_OBJECTS="1",
        GIT_TERMINAL_PROMPT="0",
        GIT_ATTR_NOSYSTEM="1",
        GIT_CEILING_DIRECTORIES=str(raiz.parent),
        GIT_CONFIG_COUNT=str(len(ajustes)),
    )
    if not escribe:
        limpio["GIT_OPTIONAL_LOCKS"] = "0"
    for numero, (clave, valor) in enumerate(ajustes):
        limpio[f"GIT_CONFIG_KEY_{numero}"] = clave
        limpio[f"GIT_CONFIG_VALUE_{numero}"] = valor
    return limpio


class Git:
    """git sobre una carpeta. `candado` es el descriptor que los procesos que escriben deben heredar."""

    def __init__(self, raiz: Path) -> None:
        self.raiz = raiz
        self.candado: int | None = None
        self._entornos = {escribe: entorno(raiz, escribe=escribe) for escribe in (False, True)}

    def correr(
        self,
        *orden: str,
        entrada: bytes = b"",
        escribe: bool = False,
        ajustes: Mapping[str, str] | None = None,
    ) -> bytes:
        """Ejecuta una orden fija y devuelve su salida; levanta `FalloDeGit` si termina de otro modo."""
        with self.proceso(*orden, escribe=escribe, ajustes=ajustes) as hijo:
            salida, errores = hijo.communicate(entrada)
        if hijo.returncode:
            raise FalloDeGit(orden, hijo.returncode, salida, errores)
        return salida

    def consultar(self, *orden: str, entrada: bytes = b"") -> bytes:
        """Como `correr`, para lo que solo lee: si git no puede leer la historia, la historia está dañada."""
        try:
            return self.correr(*orden, entrada=entrada)
        except FalloDeGit as fallo:
            raise ilegible(self.raiz, fallo.errores) from fallo

    @contextmanager
    def proceso(
        self, *orden: str, escribe: bool = False, ajustes: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Un proceso con tuberías, que no sobrevive al bloque."""
        opciones = [trozo for clave, valor in (ajustes or {}).items() for trozo in ("-c", f"{clave}={valor}")]
        # Quien escribe hereda el candado: si este proceso muere, el candado dura hasta que el hijo termine.
        heredado = (self.candado,) if escribe and self.candado is not None and os.name == "posix" else ()
        try:
            hijo = subprocess.Popen(
                ["git", *opciones, *orden],
                cwd=self.raiz,
                env=self._entornos[escribe],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=heredado,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows: sin ventana negra
            )
        except FileNotFoundError as causa:
            raise _sin_git(self.raiz) from causa
        try:
            yield hijo
        finally:
            _terminar(hijo)

    def mover_refs(self, ordenes: Sequence[str], al_preparar: Callable[[], None]) -> None:
        """Una transacción de referencias: o todas las condiciones valían, o no se movió ninguna."""
        with self.proceso("update-ref", "--stdin", escribe=True) as hijo:
            try:
                _dialogar(hijo, ["start", *ordenes, "prepare"], respuestas=2)
                al_preparar()
                _dialogar(hijo, ["commit"], respuestas=1)
            except (BrokenPipeError, EOFError) as causa:
                _, errores = hijo.communicate()
                raise FalloDeGit(("update-ref",), hijo.returncode, b"", errores) from causa

    def es_ancestro(self, antiguo: str, reciente: str) -> bool:
        try:
            self.correr("merge-base", "--is-ancestor", antiguo, reciente)
        except FalloDeGit as fallo:
            if fallo.codigo != 1:
                raise
            return False
        return True

    def version(self) -> tuple[int, ...]:
        texto = self.correr("version").decode("ascii", "replace")
        numeros = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", texto)
        return tuple(int(numero or 0) for numero in numeros.groups()) if numeros else (0,)

    def exigir_version(self) -> None:
        version = self.version()
        if version < VERSION_MINIMA:
            hay, pide = (".".join(map(str, numeros)) for numeros in (version, VERSION_MINIMA))
            raise ProgramaAusente(
                f"el programa git instalado es el {hay}, demasiado antiguo",
                esperado=f"git {pide} o posterior",
                hacer="Actualice git (https://git-scm.com) y repita la orden.",
            )


def danada(lugar: str, que: str) -> IntegridadRota:
    """Un dato de la historia que no es el registrado, o que no se deja leer."""
    return IntegridadRota(
        f"un dato de la historia {que}",
        lugar=lugar,
        hacer="No registre nada más: ejecute `sgc-gt verificar` y recupere el último respaldo.",
    )


def ilegible(raiz: Path, errores: str) -> IntegridadRota:
    """La historia que git no pudo leer, con lo que git dijo: sus palabras, entre comillas."""
    dicho = " ".join(errores.split())
    return danada(str(raiz), f"no se puede leer (git: «{dicho}»)" if dicho else "no se puede leer")


def _sin_git(raiz: Path) -> Rechazo:
    if not raiz.is_dir():
        return ProgramaAusente("la carpeta no existe", lugar=str(raiz))
    return ProgramaAusente(
        "no se encontró el programa git, que guarda la historia",
        esperado="git 2.36 o posterior",
        hacer="Instale git (https://git-scm.com) y abra de nuevo la ventana.",
    )


def _dialogar(hijo: subprocess.Popen[bytes], lineas: Sequence[str], respuestas: int) -> None:
    if hijo.stdin is None or hijo.stdout is None:  # pragma: no cover - siempre hay tuberías
        raise EOFError
    hijo.stdin.write("".join(f"{linea}\n" for linea in lineas).encode("ascii"))
    hijo.stdin.flush()
    for _ in range(respuestas):
        if not hijo.stdout.readline().endswith(b": ok\n"):
            raise EOFError


def _terminar(hijo: subprocess.Popen[bytes]) -> None:
    """Cierra las tuberías y espera; un proceso que no termina al perder su entrada se mata."""
    for tuberia in (hijo.stdin, hijo.stdout, hijo.stderr):
        if tuberia is not None and not tuberia.closed:
            try:
                tuberia.close()
            except OSError:  # la tubería ya estaba rota: el proceso murió antes
                continue
    try:
        hijo.wait(timeout=30)
    except subprocess.TimeoutExpired:
        hijo.kill()
        hijo.wait()
