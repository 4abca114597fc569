"""Claves públicas SSH: leerlas con rigor y nombrarlas por su huella, como las nombra `ssh-keygen -l`.

Una clave es una línea «tipo base64». Aquí solo se lee; comprobar una firma con ella es de `repositorio`.
Fuente: RFC 4251 §5 (cadenas), RFC 4253 §6.6, RFC 5656, RFC 8709; PROTOCOL.u2f de OpenSSH (`sk-`).
"""

from __future__ import annotations

import base64
import hashlib
import struct
from datetime import date
from typing import NamedTuple

RSA, ED25519, LLAVE_ED25519 = "ssh-rsa", "ssh-ed25519", "sk-ssh-ed25519@openssh.com"
CURVAS = {f"ecdsa-sha2-nistp{n}": f"nistp{n}" for n in (256, 384, 521)}
LLAVE_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
CAMPOS = {RSA: 3, ED25519: 2, LLAVE_ED25519: 3, LLAVE_ECDSA: 4, **dict.fromkeys(CURVAS, 3)}
"""Los tipos que se admiten y cuántas cadenas trae cada uno, con su propio nombre."""

RSA_MINIMO = 2048


class Clave(NamedTuple):
    """Una clave de una persona y los días en que firma (ambos inclusive; `hasta` None: sin término)."""

    publica: str  # «tipo base64», sin comentario
    desde: date
    hasta: date | None = None

    @property
    def huella(self) -> str:
        """Su nombre corto: `SHA256:…`."""
        return huella_de(base64.b64decode(self.publica.split()[1]))

    def rige(self, dia: date) -> bool:
        """Si ese día firmaba."""
        return self.desde <= dia and (self.hasta is None or dia <= self.hasta)


class MalFormada(ValueError):
    """Una clave o una firma que no tiene su forma; el texto dice por qué."""


def huella_de(cuerpo: bytes) -> str:
    """La huella de una clave, la misma que muestra `ssh-keygen -l`."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(cuerpo).digest()).decode("ascii").rstrip("=")


def leer_clave(texto: str) -> bytes:
    """Los bytes de una clave pública escrita en una línea; MalFormada si no se puede firmar con ella."""
    partes = texto.split()
    if len(partes) < 2 or partes[0] not in CAMPOS:
        raise MalFormada(f"no es una clave pública de estos tipos: {', '.join(CAMPOS)}")
    try:
        cuerpo = base64.b64decode(partes[1], validate=True)
    except ValueError:  # también el de un texto que no es ASCII: un archivo dañado
        raise MalFormada("está cortada o mal copiada") from None
    campos = cadenas(cuerpo)
    if campos[0] != partes[0].encode() or len(campos) != CAMPOS[partes[0]]:
        raise MalFormada("su contenido no es el de ese tipo de clave")
    if partes[0] == RSA and int.from_bytes(campos[2], "big").bit_length() < RSA_MINIMO:
        raise MalFormada(f"una clave RSA de menos de {RSA_MINIMO} bits ya no es segura")
    if partes[0] in CURVAS and campos[1] != CURVAS[partes[0]].encode():
        raise MalFormada("su contenido no es el de ese tipo de clave")
    return cuerpo


def normal(texto: str) -> str:
    """La clave en su forma corta, sin el comentario."""
    return " ".join(texto.split()[:2])


def cadenas(datos: bytes) -> list[bytes]:
    """Todas las cadenas de una estructura SSH, sin que sobre un byte. MalFormada si no calzan."""
    halladas, resto = [], datos
    while resto:
        una, resto = cadena(resto)
        halladas.append(una)
    if not halladas:
        raise MalFormada("está vacía")
    return halladas


def cadena(datos: bytes) -> tuple[bytes, bytes]:
    """La primera cadena y lo que sigue."""
    if len(datos) < 4:
        raise MalFormada("está cortada o mal copiada")
    (largo,) = struct.unpack_from(">L", datos)
    if len(datos) - 4 < largo:
        raise MalFormada("está cortada o mal copiada")
    return datos[4 : 4 + largo], datos[4 + largo :]


def con_largo(datos: bytes) -> bytes:
    """Los bytes como cadena SSH: su largo y ellos."""
    return struct.pack(">L", len(datos)) + datos
