"""Los objetos de git como bytes: se arman y se leen aquí, sin procesos ni archivos.

Un árbol se reescribe solo en las carpetas que cambian; todo lo nuevo viaja en un solo paquete que git valida.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone

from sgc_gt.errores import IntegridadRota

from .valores import Cambio, Commit, Entrada, Firma

ARCHIVO = "100644"
CARPETA = "40000"
TIPOS = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}
MODOS = {"100644", "100755", "120000", "160000", CARPETA}
PERSONA = re.compile(rb"([^<>\n\0]*) <([^<>\n\0]*)> (0|[1-9]\d{0,11}) ([+-])(\d\d)([0-5]\d)")
OID = re.compile(rb"[0-9a-f]{40}")

Arbol = dict[str, Entrada]
Objeto = tuple[str, bytes]


def oid_de(tipo: str, datos: bytes) -> str:
    """El nombre de un objeto: SHA-1 de su cabecera y sus bytes."""
    return hashlib.sha1(b"%s %d\0" % (tipo.encode(), len(datos)) + datos, usedforsecurity=False).hexdigest()


def oid_de_blob(datos: bytes) -> str:
    return oid_de("blob", datos)


def leer_arbol(oid: str, datos: bytes) -> Arbol:
    """Un árbol desde sus bytes; un modo desconocido o un nombre repetido es una historia alterada."""
    arbol: Arbol = {}
    posicion = 0
    while posicion < len(datos):
        corte = datos.find(b"\0", posicion)
        modo, _, nombre = datos[posicion:corte].partition(b" ")
        clave = nombre.decode("utf-8", "surrogateescape")
        if corte < 0 or modo.decode("ascii", "replace") not in MODOS or not clave or clave in arbol:
            raise IntegridadRota("una carpeta de la historia está mal formada", lugar=oid)
        arbol[clave] = Entrada(modo.decode("ascii"), datos[corte + 1 : corte + 21].hex())
        posicion = corte + 21
    return arbol


def armar_arbol(arbol: Arbol) -> bytes:
    """Los bytes de un árbol en el orden de git: las carpetas se ordenan como si terminaran en «/»."""
    filas = ((nombre.encode("utf-8", "surrogateescape"), entrada) for nombre, entrada in arbol.items())
    orden = sorted(filas, key=lambda fila: fila[0] + b"/" if fila[1].es_carpeta else fila[0])
    return b"".join(
        b"%s %s\0%s" % (entrada.modo.encode(), nombre, bytes.fromhex(entrada.oid))
        for nombre, entrada in orden
    )


def aplicar(
    raiz: str | None, archivos: Mapping[str, str | None], leer: Callable[[str], Arbol]
) -> tuple[str, dict[str, Objeto]]:
    """El árbol con los cambios puestos: (oid de la raíz, objetos nuevos).

    `archivos` es ruta → oid del blob, o None para borrar. Una carpeta que queda vacía desaparece.
    """
    nuevos: dict[str, Objeto] = {}
    oid = _aplicar(raiz, {tuple(ruta.split("/")): blob for ruta, blob in archivos.items()}, leer, nuevos)
    if oid is None:
        datos = armar_arbol({})
        oid = oid_de("tree", datos)
        nuevos[oid] = ("tree", datos)
    return oid, nuevos


def _aplicar(
    base: str | None,
    cambios: Mapping[tuple[str, ...], str | None],
    leer: Callable[[str], Arbol],
    nuevos: dict[str, Objeto],
) -> str | None:
    arbol = dict(leer(base)) if base else {}
    por_carpeta: dict[str, dict[tuple[str, ...], str | None]] = {}
    for partes, blob in cambios.items():
        if len(partes) > 1:
            por_carpeta.setdefault(partes[0], {})[partes[1:]] = blob
        elif blob is None:
            arbol.pop(partes[0], None)
        else:
            previa = arbol.get(partes[0])
            arbol[partes[0]] = Entrada(previa.modo if previa and not previa.es_carpeta else ARCHIVO, blob)
    for nombre, dentro in por_carpeta.items():
        previa = arbol.get(nombre)
        oid = _aplicar(previa.oid if previa and previa.es_carpeta else None, dentro, leer, nuevos)
        if oid:
            arbol[nombre] = Entrada(CARPETA, oid)
        elif previa and previa.es_carpeta:
            del arbol[nombre]
    if not arbol:
        return None
    datos = armar_arbol(arbol)
    oid = oid_de("tree", datos)
    if oid != base:
        nuevos[oid] = ("tree", datos)
    return oid


def armar_commit(cambio: Cambio, arbol: str, padre: str | None) -> bytes:
    """Los bytes de un eslabón, firmados si el cambio dice cómo; se vuelve a leer lo armado.

    Así nada ambiguo entra en la historia. Lo que levante quien firma sale tal cual.
    """
    if "\r" in cambio.mensaje or "\0" in cambio.mensaje or not cambio.mensaje.strip():
        raise ValueError("el mensaje de un acto lleva texto, solo LF y ningún NUL")
    lineas = [f"tree {arbol}"]
    if padre:
        lineas.append(f"parent {padre}")
    lineas.append(f"author {_persona(cambio.autor, cambio.instante)}")
    lineas.append(f"committer {_persona(cambio.registra, cambio.instante)}")
    cabecera, mensaje = ("\n".join(lineas)).encode("utf-8"), cambio.mensaje.encode("utf-8")
    datos = cabecera + b"\n\n" + mensaje
    if cambio.firmar:
        firma = cambio.firmar(datos).replace(b"\n", b"\n ")
        datos = cabecera + b"\ngpgsig " + firma + b"\n\n" + mensaje
    leer_commit(oid_de("commit", datos), datos)
    return datos


def _persona(firma: Firma, instante: datetime) -> str:
    desfase = instante.utcoffset()
    if desfase is None:
        raise ValueError("el instante de un acto lleva zona horaria")
    for texto in firma:
        if re.search(r"[<>\n\r\0]", texto) or texto != texto.strip() or not texto:
            raise ValueError(f"nombre o correo que git no admite: {texto!r}")
    minutos = int(desfase.total_seconds()) // 60
    zona = f"{'-' if minutos < 0 else '+'}{abs(minutos) // 60:02}{abs(minutos) % 60:02}"
    return f"{firma.nombre} <{firma.correo}> {int(instante.timestamp())} {zona}"


def leer_commit(oid: str, datos: bytes) -> Commit:
    """Lector estricto: exactamente tree, parent (0 o 1), author, committer y a lo más un gpgsig.

    git acepta cabeceras repetidas o desconocidas, y a veces las ignora al comprobar una firma.
    """
    cabecera, separador, mensaje = datos.partition(b"\n\n")
    campos = _campos(oid, cabecera)
    nombres = [nombre for nombre, _ in campos]
    esperados = ["tree", *(["parent"] if "parent" in nombres else []), "author", "committer"]
    if not separador or nombres not in (esperados, [*esperados, "gpgsig"]):
        raise _mal_commit(oid, f"cabeceras {', '.join(nombres)}")
    valores = dict(campos)
    if not all(OID.fullmatch(valores[nombre]) for nombre in ("tree", "parent") if nombre in valores):
        raise _mal_commit(oid, "identificadores")
    autor, fecha_autor = _leer_persona(oid, valores["author"])
    registra, fecha = _leer_persona(oid, valores["committer"])
    try:
        texto = mensaje.decode("utf-8")
    except UnicodeDecodeError as causa:
        raise _mal_commit(oid, "mensaje que no es UTF-8") from causa
    padre = valores["parent"].decode() if "parent" in valores else None
    arbol, firma = valores["tree"].decode(), valores.get("gpgsig")
    # La firma es la última cabecera: quitarla, como hace git, deja los bytes que cubre.
    firmado = cabecera.partition(b"\ngpgsig ")[0] + b"\n\n" + mensaje if firma is not None else b""
    return Commit(oid, padre, arbol, autor, registra, fecha_autor, fecha, texto, firma, firmado)


def _campos(oid: str, cabecera: bytes) -> list[tuple[str, bytes]]:
    campos: list[tuple[str, bytes]] = []
    for linea in cabecera.split(b"\n"):
        if linea.startswith(b" ") and campos and campos[-1][0] == "gpgsig":
            campos[-1] = ("gpgsig", campos[-1][1] + b"\n" + linea[1:])
            continue
        nombre, espacio, valor = linea.partition(b" ")
        if not espacio or not nombre.isascii():
            raise _mal_commit(oid, "una cabecera sin valor")
        campos.append((nombre.decode("ascii"), valor))
    return campos


def _leer_persona(oid: str, valor: bytes) -> tuple[Firma, datetime]:
    partes = PERSONA.fullmatch(valor)
    if not partes:
        raise _mal_commit(oid, "persona o fecha")
    nombre, correo, segundos, signo, horas, minutos = partes.groups()
    desfase = timedelta(hours=int(horas), minutes=int(minutos)) * (-1 if signo == b"-" else 1)
    try:
        fecha = datetime.fromtimestamp(int(segundos), UTC).astimezone(timezone(desfase))
        return Firma(nombre.decode("utf-8"), correo.decode("utf-8")), fecha
    except (ValueError, OverflowError, OSError) as causa:
        raise _mal_commit(oid, "persona o fecha") from causa


def _mal_commit(oid: str, que: str) -> IntegridadRota:
    return IntegridadRota(
        f"un movimiento de la historia está mal formado: {que}",
        lugar=oid,
        esperado="tree, parent (a lo más uno), author, committer, gpgsig (opcional)",
        hacer="Alguien escribió en la historia por fuera del sistema: compare con el último respaldo.",
    )


def armar_paquete(objetos: Iterable[Objeto]) -> bytes:
    """Un paquete de git (versión 2) sin deltas con todos los objetos.

    Sin repetidos: `unpack-objects --strict` se niega a recibir dos veces el mismo.
    """
    trozos: list[bytes] = []
    for tipo, datos in dict.fromkeys(objetos):
        trozos += (_tamano(TIPOS[tipo], len(datos)), zlib.compress(datos, 1 if tipo == "blob" else 6))
    cuerpo = b"PACK" + struct.pack(">LL", 2, len(trozos) // 2) + b"".join(trozos)
    return cuerpo + hashlib.sha1(cuerpo, usedforsecurity=False).digest()


def _tamano(tipo: int, largo: int) -> bytes:
    primero, largo = (tipo << 4) | (largo & 15), largo >> 4
    salida = bytearray()
    while largo:
        salida.append(primero | 0x80)
        primero, largo = largo & 0x7F, largo >> 7
    salida.append(primero)
    return bytes(salida)
