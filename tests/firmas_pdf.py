"""Firmar PDF de verdad en las pruebas: un certificado propio en un PKCS#12, y pyHanko que firma con él."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, signers

FIRMANTE, EMISOR = "Jefatura del Servicio", "Entidad de prueba"
_CLAVE = b"prueba"


@cache
def pkcs12() -> bytes:
    """Una identidad propia, como la que entrega una entidad certificadora."""
    clave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    hoy = datetime(2025, 1, 1, tzinfo=UTC)
    certificado = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, FIRMANTE)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, EMISOR)]))
        .public_key(clave.public_key())
        .serial_number(1)
        .not_valid_before(hoy)
        .not_valid_after(hoy + timedelta(days=3650))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .sign(clave, hashes.SHA256())
    )
    return serialize_key_and_certificates(b"x", clave, certificado, None, BestAvailableEncryption(_CLAVE))


def firmar_pdf(pdf: bytes, carpeta: Path, campo: str = "Firma1") -> bytes:
    """El mismo PDF con una firma más."""
    archivo = carpeta / "identidad.p12"
    archivo.write_bytes(pkcs12())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        firmante = signers.SimpleSigner.load_pkcs12(str(archivo), passphrase=_CLAVE)
        escritor = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        salida = signers.sign_pdf(
            escritor, PdfSignatureMetadata(field_name=campo, md_algorithm="sha256"), signer=firmante
        )
    return bytes(salida.getvalue())
