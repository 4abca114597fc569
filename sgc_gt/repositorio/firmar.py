"""Firmar con `ssh-keygen`: así sirven el agente, las llaves físicas y las claves con frase de paso.

La clave privada nunca se lee aquí. Todo pasa por archivos, como hace git: la entrada por tubería no es fiable
en Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from sgc_gt.dominio.clave_ssh import MalFormada, leer_clave
from sgc_gt.dominio.sshsig import ESPACIO, normalizar
from sgc_gt.errores import NoEncontrado, NoSePudoEscribir, ProgramaAusente

ESPERA = 120
"""Segundos para tocar la llave física o escribir la frase de paso."""

LITERAL = "key::"


class SinFirma(NoSePudoEscribir):
    """No se pudo firmar (clave bloqueada, agente apagado): nada cambió y se puede repetir."""

    clase = "sin_firma"


def clave_publica(llave: str, raiz: Path) -> str:
    """La clave pública de la que git nombra para firmar (`user.signingkey`): un archivo o la clave misma.

    NoEncontrado si el archivo no está o no es una clave; ProgramaAusente sin ssh-keygen.
    """
    if _es_literal(llave):
        return _exigir(llave.removeprefix(LITERAL), "user.signingkey")
    archivo = _archivo(llave, raiz)
    publico = archivo if archivo.suffix == ".pub" else archivo.with_name(archivo.name + ".pub")
    if publico.is_file():
        return _exigir(publico.read_text("utf-8", "replace").strip(), str(publico))
    if archivo.is_file():
        hecho = _correr(["-y", "-f", str(archivo)])
        if hecho.returncode == 0:
            return _exigir(hecho.stdout.decode("utf-8", "replace").strip(), str(archivo))
    raise NoEncontrado(
        "no se encuentra la clave con que este equipo firma",
        lugar=str(archivo),
        esperado="el archivo de su clave SSH, con su .pub al lado",
        hacer="corrija la ruta con: git config --global user.signingkey RUTA",
    )


def firmar(llave: str, raiz: Path, datos: bytes) -> bytes:
    """La firma de esos bytes, en su forma única. SinFirma si no se pudo; ProgramaAusente sin ssh-keygen."""
    with TemporaryDirectory(prefix="sgc-gt-firma-") as carpeta:
        mensaje = Path(carpeta, "movimiento")
        mensaje.write_bytes(datos)
        opciones = []
        if _es_literal(llave):  # la parte privada está en el agente
            Path(carpeta, "clave.pub").write_text(llave.removeprefix(LITERAL) + "\n", "utf-8")
            archivo, opciones = Path(carpeta, "clave.pub"), ["-U"]
        else:
            archivo = _archivo(llave, raiz)
        hecho = _correr(["-Y", "sign", "-n", ESPACIO, "-f", str(archivo), *opciones, str(mensaje)])
        hecha = mensaje.with_name("movimiento.sig")
        if hecho.returncode or not hecha.is_file():
            raise _sin_firma(hecho.stderr.decode("utf-8", "replace"), str(archivo))
        return normalizar(hecha.read_bytes())


def _es_literal(llave: str) -> bool:
    return llave.startswith((LITERAL, "ssh-", "ecdsa-", "sk-")) and " " in llave


def _archivo(llave: str, raiz: Path) -> Path:
    return (raiz / Path(llave).expanduser()).resolve()


def _exigir(publica: str, lugar: str) -> str:
    try:
        leer_clave(publica)
    except MalFormada as falla:
        raise NoEncontrado(
            f"la clave con que este equipo firma no sirve: {falla}",
            lugar=lugar,
            esperado="una clave SSH ed25519, ECDSA o RSA",
            hacer="haga una con: ssh-keygen -t ed25519",
        ) from None
    return publica


def _correr(argumentos: list[str]) -> subprocess.CompletedProcess[bytes]:
    programa = _programa()
    try:
        return subprocess.run(
            [programa, *argumentos],
            stdin=subprocess.DEVNULL,  # la frase de paso la pide ssh-keygen a la pantalla, no por aquí
            capture_output=True,
            timeout=ESPERA,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _sin_firma("nadie contestó a tiempo", programa) from None


def _programa() -> str:
    """ssh-keygen del equipo o, en Windows, el que trae Git."""
    git = shutil.which("git")
    candidatos = [shutil.which("ssh-keygen")]
    if os.name == "nt" and git:
        candidatos.append(shutil.which("ssh-keygen", path=str(Path(git).parents[1] / "usr" / "bin")))
    hallado = next(filter(None, candidatos), None)
    if hallado is None:
        raise ProgramaAusente(
            "no se encontró el programa ssh-keygen, con que se firma",
            esperado="OpenSSH 8.2 o posterior",
            hacer="instale el cliente OpenSSH (en Windows: Configuración, Características opcionales)",
        )
    return hallado


def _sin_firma(dicho: str, lugar: str) -> SinFirma:
    renglon = next((r.strip() for r in reversed(dicho.splitlines()) if r.strip()), "")
    detalle = f" («{renglon}»)" if renglon else ""
    return SinFirma(
        f"no se pudo firmar con su clave{detalle}; nada se registró",
        lugar=lugar,
        esperado="la clave desbloqueada, cargada en el agente o conectada",
        hacer="desbloquéela con: ssh-add RUTA, y repita la orden",
    )
