"""Un repositorio nuevo: se arma entero en una carpeta vecina y aparece de una vez con su nombre."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from sgc_gt.errores import NoSePudoEscribir, UsoIncorrecto, causa_de

from .escritura import Escritor
from .git import Git
from .lector import abrir_lector
from .rutas import CARPETAS_DE_CONTENIDOS
from .valores import Cambio, Firma

ATRIBUTOS = b"* -text -merge\n*.docx diff=docx\n"
IGNORADOS = "".join(
    f"{patron}\n"
    for patron in (
        *(f"{c}/" for c in CARPETAS_DE_CONTENIDOS),
        "~$*",
        ".~lock.*#",
        "*.con-observaciones*.docx",
    )
).encode()
CONFIGURACION = (
    ("core.fsync", "all"),
    ("core.fsyncMethod", "batch"),
    ("core.autocrlf", "false"),
    ("core.longPaths", "true"),
    ("core.quotePath", "false"),
    ("core.fileMode", "false"),
    ("core.logAllRefUpdates", "true"),
    ("gc.auto", "0"),
    ("gc.pruneExpire", "2.weeks.ago"),
    ("gc.reflogExpire", "never"),
    ("gc.reflogExpireUnreachable", "never"),
    ("maintenance.auto", "false"),
)


def crear(raiz: Path, primer: Cambio, usuario: Firma | None, paso: Callable[[str], None]) -> None:
    """Crea `raiz` con su primer movimiento. La carpeta no debe existir, o estar vacía."""
    _exigir_libre(raiz)
    try:
        raiz.parent.mkdir(parents=True, exist_ok=True)
        obra = Path(tempfile.mkdtemp(prefix=f".{raiz.name}-en-obra-", dir=raiz.parent))
    except OSError as causa:
        raise _sin_carpeta(raiz, causa) from causa
    try:
        _construir(obra, primer, usuario, paso)
        if raiz.exists():
            raiz.rmdir()
        obra.chmod(0o755)
        obra.rename(raiz)
    except OSError as causa:
        raise _sin_carpeta(raiz, causa) from causa
    finally:
        shutil.rmtree(obra, ignore_errors=True)


def _construir(obra: Path, primer: Cambio, usuario: Firma | None, paso: Callable[[str], None]) -> None:
    git = Git(obra)
    git.exigir_version()
    git.correr("init", "-q", "-b", "main", "--template=", ".", escribe=True)
    personales = (("user.name", usuario.nombre), ("user.email", usuario.correo)) if usuario else ()
    for clave, valor in (*CONFIGURACION, *personales):
        git.correr("config", "--local", "--replace-all", clave, valor, escribe=True)
    informacion = obra / ".git" / "info"
    informacion.mkdir(exist_ok=True)
    (informacion / "attributes").write_bytes(ATRIBUTOS)
    (informacion / "exclude").write_bytes(IGNORADOS)
    with abrir_lector(git) as lector:
        Escritor(git, lector, paso).registrar(primer)


def _exigir_libre(raiz: Path) -> None:
    if raiz.is_file() or (raiz.is_dir() and any(raiz.iterdir())):
        raise UsoIncorrecto(
            "la carpeta ya existe y tiene archivos",
            lugar=str(raiz),
            esperado="una carpeta nueva o vacía",
            hacer="elija otro nombre",
        )


def _sin_carpeta(raiz: Path, causa: OSError) -> NoSePudoEscribir:
    return NoSePudoEscribir(
        f"no se pudo crear la carpeta ({causa_de(causa)})",
        lugar=str(raiz),
        hacer="Elija una carpeta donde tenga permiso y espacio.",
    )
