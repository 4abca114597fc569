"""Una firma SSH, de sus bytes a sus partes y de vuelta: cada firma se escribe de una sola forma.

git acepta la misma firma con otros saltos de línea, y de una firma ECDSA se saca otra que también vale
(cambiando `s` por `n - s`): quien tenga la historia podría rehacer un movimiento sin la clave. Aquí se
exige la única escritura de los mismos bytes y el menor de los dos `s`. Fuente: PROTOCOL.sshsig de OpenSSH.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from typing import NamedTuple

from sgc_gt.dominio.clave_ssh import CURVAS, LLAVE_ECDSA, MalFormada, cadena, cadenas, con_largo

ESPACIO = "git"
"""Para qué se firmó. Una firma hecha para otra cosa (un archivo, un correo) no vale aquí."""

_MAGIA = b"SSHSIG"
_INICIO, _FIN = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_RENGLON = 70
_RESUMENES = ("sha256", "sha512")
ORDEN = {
    b"nistp256": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    b"nistp384": int(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
        16,
    ),
    b"nistp521": int(
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
        "FA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
        16,
    ),
}
"""El orden `n` de cada curva. Fuente: FIPS 186-4, apéndice D."""


class FirmaSsh(NamedTuple):
    """Las partes de una firma."""

    clave: bytes  # la clave pública con que dice estar hecha
    espacio: str
    resumen: str
    algoritmo: str
    valor: bytes  # lo propio del algoritmo
    cola: bytes = b""  # en una llave física: sus señas y su contador

    @property
    def es_ecdsa(self) -> bool:
        """Si el valor es el par (r, s)."""
        return self.algoritmo in CURVAS or self.algoritmo == LLAVE_ECDSA


def leer_firma(texto: bytes) -> FirmaSsh:
    """Las partes de una firma escrita en su única forma; MalFormada si es otra cosa o está reescrita."""
    firma = _leer(texto)
    if escribir_firma(firma) != texto:
        raise MalFormada("está escrita de otra forma que la que la hizo")
    if firma.es_ecdsa and not _es_menor(firma):
        raise MalFormada("es la otra firma que se saca de la primera sin tener la clave")
    return firma


def normalizar(texto: bytes) -> bytes:
    """La firma que acaba de hacer `ssh-keygen`, en la forma única que se guarda."""
    firma = _leer(b"\n".join(texto.strip().splitlines()))
    if firma.es_ecdsa and not _es_menor(firma):
        r, s = par(firma)
        valor = con_largo(_entero(r)) + con_largo(_entero(_orden(firma) - s))
        firma = firma._replace(valor=valor)
    return escribir_firma(firma)


def _leer(texto: bytes) -> FirmaSsh:
    renglones = texto.split(b"\n")
    if len(renglones) < 3 or renglones[0] != _INICIO or renglones[-1] != _FIN:
        raise MalFormada("no es una firma SSH")
    try:
        datos = base64.b64decode(b"".join(renglones[1:-1]), validate=True)
    except binascii.Error:
        raise MalFormada("está cortada o mal copiada") from None
    if not datos.startswith(_MAGIA + struct.pack(">L", 1)):
        raise MalFormada("no es una firma SSH de la versión 1")
    campos = cadenas(datos[len(_MAGIA) + 4 :])
    if len(campos) != 5 or campos[2]:
        raise MalFormada("trae partes de más o de menos")
    clave, espacio, _, resumen, firma = campos
    algoritmo, resto = cadena(firma)
    valor, cola = cadena(resto)
    if resumen.decode("ascii", "replace") not in _RESUMENES:
        raise MalFormada("usa un resumen que no se admite")
    return FirmaSsh(
        clave,
        espacio.decode("ascii", "replace"),
        resumen.decode("ascii"),
        algoritmo.decode("ascii", "replace"),
        valor,
        cola,
    )


def escribir_firma(firma: FirmaSsh) -> bytes:
    """La firma en renglones de setenta, como la escribe `ssh-keygen`, sin salto final."""
    cuerpo = con_largo(firma.algoritmo.encode()) + con_largo(firma.valor) + firma.cola
    partes = (firma.clave, firma.espacio.encode(), b"", firma.resumen.encode(), cuerpo)
    datos = _MAGIA + struct.pack(">L", 1) + b"".join(map(con_largo, partes))
    escrito = base64.b64encode(datos)
    renglones = [escrito[i : i + _RENGLON] for i in range(0, len(escrito), _RENGLON)]
    return b"\n".join([_INICIO, *renglones, _FIN])


def firmado(firma: FirmaSsh, mensaje: bytes) -> bytes:
    """Los bytes que de verdad se firman: para qué, con qué resumen, y el resumen del mensaje."""
    resumen = hashlib.new(firma.resumen, mensaje).digest()
    partes = (firma.espacio.encode(), b"", firma.resumen.encode(), resumen)
    return _MAGIA + b"".join(map(con_largo, partes))


def par(firma: FirmaSsh) -> tuple[int, int]:
    """El par (r, s) de una firma ECDSA, cada uno escrito sin bytes de más."""
    numeros = cadenas(firma.valor)
    if len(numeros) != 2 or any(_entero(int.from_bytes(n, "big")) != n for n in numeros):
        raise MalFormada("sus números están escritos de otra forma")
    r, s = (int.from_bytes(n, "big") for n in numeros)
    if not (0 < r < _orden(firma) and 0 < s < _orden(firma)):
        raise MalFormada("sus números no son de esa curva")
    return r, s


def _es_menor(firma: FirmaSsh) -> bool:
    return par(firma)[1] <= _orden(firma) // 2


def _orden(firma: FirmaSsh) -> int:
    partes = cadenas(firma.clave)
    if len(partes) < 2 or partes[1] not in ORDEN:
        raise MalFormada("usa una curva que no se admite")
    return ORDEN[partes[1]]


def _entero(numero: int) -> bytes:
    """Un entero positivo como lo escribe SSH: sin ceros de más, con uno adelante si el primer bit es 1."""
    return numero.to_bytes(numero.bit_length() // 8 + 1, "big") if numero else b""
