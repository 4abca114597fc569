"""Si una firma SSH vale sobre unos bytes: la aritmética, con `cryptography` y sin procesos.

Fuente: PROTOCOL.sshsig y PROTOCOL.u2f de OpenSSH; RFC 8332 (RSA), RFC 5656 (ECDSA), RFC 8709 (Ed25519).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from sgc_gt.dominio.clave_ssh import (
    ED25519,
    LLAVE_ECDSA,
    LLAVE_ED25519,
    RSA,
    cadenas,
)
from sgc_gt.dominio.sshsig import FirmaSsh, firmado, par

Comprobador = Callable[[FirmaSsh, bytes], None]  # levanta InvalidSignature

_RSA = {"rsa-sha2-256": hashes.SHA256(), "rsa-sha2-512": hashes.SHA512()}
_CURVAS: dict[bytes, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
    b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
    b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
}
_PRESENTE = 1  # la seña con que una llave física dice que alguien la tocó


def vale(firma: FirmaSsh, mensaje: bytes) -> bool:
    """Si esa clave firmó ese mensaje, con un algoritmo de su tipo."""
    try:
        _comprobador(firma.clave)(firma, firmado(firma, mensaje))
    except (InvalidSignature, ValueError, LookupError):
        return False
    return True


@lru_cache(maxsize=256)
def _comprobador(clave: bytes) -> Comprobador:
    """Cómo se comprueba lo firmado por esa clave. La misma persona firma muchos movimientos."""
    tipo, *partes = cadenas(clave)
    nombre = tipo.decode("ascii")
    if nombre == ED25519:
        return _con_ed25519(nombre, partes[0])
    if nombre == LLAVE_ED25519:
        return _con_llave(partes[1], _con_ed25519(nombre, partes[0]))
    if nombre == RSA:
        return _con_rsa(*(int.from_bytes(n, "big") for n in partes))
    comprueba = _con_ecdsa(nombre, partes[0], partes[1])
    return _con_llave(partes[2], comprueba) if nombre == LLAVE_ECDSA else comprueba


def _exigir(condicion: bool) -> None:
    if not condicion:
        raise InvalidSignature


def _con_ed25519(nombre: str, cuerpo: bytes) -> Comprobador:
    publica = ed25519.Ed25519PublicKey.from_public_bytes(cuerpo)

    def comprobar(firma: FirmaSsh, datos: bytes) -> None:
        _exigir(firma.algoritmo == nombre and (nombre == LLAVE_ED25519 or not firma.cola))
        publica.verify(firma.valor, datos)

    return comprobar


def _con_rsa(exponente: int, modulo: int) -> Comprobador:
    publica = rsa.RSAPublicNumbers(exponente, modulo).public_key()
    largo = (publica.key_size + 7) // 8

    def comprobar(firma: FirmaSsh, datos: bytes) -> None:
        _exigir(len(firma.valor) == largo and not firma.cola)  # sin ceros de más ni de menos
        publica.verify(firma.valor, datos, padding.PKCS1v15(), _RSA[firma.algoritmo])

    return comprobar


def _con_ecdsa(nombre: str, curva: bytes, punto: bytes) -> Comprobador:
    forma, resumen = _CURVAS[curva]
    publica = ec.EllipticCurvePublicKey.from_encoded_point(forma, punto)

    def comprobar(firma: FirmaSsh, datos: bytes) -> None:
        _exigir(firma.algoritmo == nombre and (nombre == LLAVE_ECDSA or not firma.cola))
        publica.verify(encode_dss_signature(*par(firma)), datos, ec.ECDSA(resumen))

    return comprobar


def _con_llave(aplicacion: bytes, comprueba: Comprobador) -> Comprobador:
    """Una llave física firma, además, para qué aplicación fue, que alguien la tocó y su contador."""

    def comprobar(firma: FirmaSsh, datos: bytes) -> None:
        _exigir(len(firma.cola) == 5 and bool(firma.cola[0] & _PRESENTE))
        sobre = hashlib.sha256(aplicacion).digest() + firma.cola + hashlib.sha256(datos).digest()
        comprueba(firma, sobre)

    return comprobar
