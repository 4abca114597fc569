"""El candado: un solo proceso escribe a la vez. El sistema operativo lo suelta si el proceso muere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sgc_gt.errores import NoSePudoEscribir, Ocupado, causa_de

NOMBRE = "sgc.lock"


@contextmanager
def candado(raiz: Path, espera: float) -> Iterator[int | None]:
    """Entrega el descriptor del candado tomado (los hijos que escriben lo heredan)."""
    # Arranque en frío: filelock cuesta 40 ms y las consultas no lo necesitan.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    cerradura = FileLock(raiz / ".git" / NOMBRE, timeout=espera, poll_interval=0.02)
    try:
        cerradura.acquire()
    except Timeout as causa:
        raise Ocupado(
            "otra persona está registrando en este momento",
            lugar=str(raiz),
            hacer="Espere unos segundos y repita la orden; nada cambió.",
        ) from causa
    except OSError as causa:
        raise NoSePudoEscribir(
            f"no se pudo escribir en la carpeta del sistema ({causa_de(causa)})",
            lugar=str(raiz),
            esperado="permiso de escritura",
            hacer="Pida permiso sobre la carpeta y repita la orden.",
        ) from causa
    try:
        # filelock no publica el descriptor; si un día cambia de nombre, solo se pierde la herencia.
        contexto = getattr(cerradura, "_context", None)
        yield getattr(contexto, "lock_file_fd", None)
    finally:
        cerradura.release()
