"""La carpeta publicada: qué hay, qué es nuestro, poner y quitar un archivo, y el registro que lo dice.

El registro viaja con la carpeta. El servicio recuerda los que él mismo escribió: uno que no reconoce no se
cree, y entonces todo se publica de nuevo.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sgc_gt.dominio import publicacion as p
from sgc_gt.errores import Conflicto, EntradaInvalida, NoEncontrado, NoSePudoEscribir, UsoIncorrecto, causa_de
from sgc_gt.ordenes.salida import PREFIJO, dentro, guardar
from sgc_gt.repositorio.disco import carpeta_privada, escribir, permitir_escritura

_RUIDO = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".directory"})
"""Lo que el escritorio de cada sistema deja en una carpeta: no es de nadie."""
_ESCRITOS = "publicado.json"
_RECORDADOS = 200


class Pendiente(NamedTuple):
    """Un archivo que no se pudo dejar como debe, y por qué. Se reintenta en la publicación siguiente."""

    archivo: str
    causa: str


def exigir_publicable(raiz: Path, destino: Path) -> None:
    """Nada, si ahí se puede publicar; UsoIncorrecto o NoEncontrado si no, con lo que se puede hacer."""
    if dentro(raiz, destino) is not None or dentro(destino, raiz) is not None:
        raise UsoIncorrecto(
            "en la carpeta del servicio, o en una que la contenga, quedarían a la vista los borradores",
            lugar=str(destino),
            esperado="una carpeta aparte, compartida de solo lectura con quienes usan los documentos",
            hacer="elija otra carpeta",
        )
    carpeta = destino.absolute().resolve()
    if not carpeta.parent.is_dir():
        raise NoEncontrado(
            "no existe la carpeta en que quedaría lo publicado",
            lugar=str(carpeta.parent),
            hacer="revise el nombre, y que la unidad de red esté conectada; si es nueva, créela primero",
        )
    if carpeta.exists() and not carpeta.is_dir():
        raise UsoIncorrecto("es un archivo, no una carpeta", lugar=str(destino), hacer="elija una carpeta")


def _es_acceso(carpeta: Path) -> bool:
    """Si lleva a otra carpeta. El punto de unión de Windows no es un enlace; Python lo sabe desde 3.12."""
    es_union: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _: False)
    return carpeta.is_symlink() or es_union(carpeta)


class Carpeta:
    """La carpeta abierta por una publicación. `conocido`: el registro es uno que este servicio escribió."""

    def __init__(self, raiz: Path, destino: Path) -> None:
        self.raiz = raiz
        self.destino = destino
        self.pendientes: list[Pendiente] = []
        self._escritos = carpeta_privada(raiz) / _ESCRITOS
        self.registro, self.conocido = self._leer()
        self.presentes = dict(self._mirar())

    def _leer(self) -> tuple[p.Registro, bool]:
        self._exigir_propias()
        archivo = self.destino / p.REGISTRO
        try:
            datos = archivo.read_bytes()
        except FileNotFoundError:
            self._exigir_vacia()
            return p.Registro(), True
        except OSError as error:
            raise NoSePudoEscribir(
                f"el registro de lo publicado no se puede leer: {causa_de(error)}",
                lugar=str(archivo),
                hacer="revise el permiso sobre la carpeta y repita la orden",
            ) from None
        registro = p.leer_registro(datos, str(archivo))
        if hashlib.sha256(datos).hexdigest() in self._recordados():
            return registro, True
        sin_fe = {nombre: p.Entrada(e.sha256, "") for nombre, e in registro.archivos.items()}
        return registro._replace(archivos=sin_fe, clave="", completo=False), False

    def _exigir_propias(self) -> None:
        """EntradaInvalida si una de las carpetas en que se escribe lleva a otra parte."""
        for carpeta in (self.destino / nombre for nombre in p.CARPETAS):
            if _es_acceso(carpeta):
                raise EntradaInvalida(
                    "es un acceso a otra carpeta: lo publicado quedaría allá",
                    lugar=str(carpeta),
                    esperado="una carpeta propia",
                    hacer="bórrelo y repita la orden",
                )

    def _exigir_vacia(self) -> None:
        hay = [nombre for nombre in self._nombres() if not nombre.startswith(PREFIJO)]
        if hay:
            muestra = ", ".join(sorted(hay)[:3]) + (" y más" if len(hay) > 3 else "")
            raise UsoIncorrecto(
                f"la carpeta tiene archivos y no se publicó desde aquí: {muestra}",
                lugar=str(self.destino),
                esperado="una carpeta vacía, o una en que este servicio ya publicó",
                hacer="elija una carpeta nueva; si lo que tiene se publicó desde aquí, vacíela",
            )

    def _nombres(self) -> Iterator[str]:
        """Todos los archivos de la carpeta, con su ruta relativa, sin lo que deja el escritorio."""
        for base, _, archivos in os.walk(self.destino):
            relativa = Path(base).relative_to(self.destino)
            for archivo in archivos:
                if archivo.lower() not in _RUIDO and not archivo.startswith("~$"):
                    yield (relativa / archivo).as_posix()

    def _mirar(self) -> Iterator[tuple[str, str]]:
        """Nombre → SHA-256 de lo nuestro, leído entero; de lo ajeno, solo que está."""
        for nombre in self._nombres():
            if nombre == p.REGISTRO or nombre.rpartition("/")[2].startswith(PREFIJO):
                continue
            resumen = "ajeno"
            if nombre in self.registro.archivos:
                with suppress(OSError):  # lo que no se puede leer no es lo que se publicó
                    resumen = hashlib.sha256((self.destino / nombre).read_bytes()).hexdigest()
            yield nombre, resumen

    def intacta(self) -> bool:
        """Si cada archivo publicado está, byte por byte."""
        return all(self.presentes.get(n) == e.sha256 for n, e in self.registro.archivos.items())

    def anotar(self, previstos: Mapping[str, p.Entrada]) -> None:
        """Deja dicho que serán nuestros, antes de escribirlos. NoSePudoEscribir si no se puede."""
        nuevo = self.registro._replace(archivos={**self.registro.archivos, **previstos}, completo=False)
        self._escribir(nuevo)

    def cerrar(self, registro: p.Registro) -> None:
        """El registro final, si difiere del que está."""
        self._escribir(registro)

    def _escribir(self, registro: p.Registro) -> None:
        if registro == self.registro and self.conocido:
            return
        datos = p.escribir_registro(registro)
        self._recordar(hashlib.sha256(datos).hexdigest())
        guardar(self.destino / p.REGISTRO, datos)
        self.registro, self.conocido = registro, True

    def poner(self, nombre: str, datos: bytes) -> bool:
        """Deja el archivo de una vez. Si no se puede (abierto, sin permiso), queda pendiente: False."""
        try:
            guardar(self.destino / nombre, datos)
        except (NoSePudoEscribir, UsoIncorrecto) as error:  # o hay una carpeta con ese nombre
            self.pendientes.append(Pendiente(nombre, error.mensaje))
            return False
        self.presentes[nombre] = hashlib.sha256(datos).hexdigest()
        return True

    def quitar(self, nombre: str) -> bool:
        """Retira un archivo nuestro. Si no se puede, queda pendiente: False."""
        archivo = self.destino / nombre
        try:
            permitir_escritura(archivo)
            archivo.unlink(missing_ok=True)
        except OSError as error:
            self.pendientes.append(Pendiente(nombre, f"no se pudo retirar: {causa_de(error)}"))
            return False
        self.presentes.pop(nombre, None)
        return True

    def barrer(self) -> None:
        """Los restos de una publicación que se cortó a la mitad de un archivo."""
        for nombre in list(self._nombres()):
            if nombre.rpartition("/")[2].startswith(PREFIJO):
                with suppress(OSError):  # otro lo tiene abierto: se barre la próxima vez
                    (self.destino / nombre).unlink()

    def _recordados(self) -> list[str]:
        try:
            valor = json.loads(self._escritos.read_bytes())
        except (OSError, ValueError):
            return []
        return [str(v) for v in valor] if isinstance(valor, list) else []

    def _recordar(self, resumen: str) -> None:
        previos = [r for r in self._recordados() if r != resumen]
        with suppress(OSError):  # una carpeta del servicio de solo lectura también puede publicar
            escribir(self.raiz, self._escritos, json.dumps([*previos, resumen][-_RECORDADOS:]).encode())


@contextmanager
def turno(raiz: Path) -> Iterator[None]:
    """Una publicación a la vez; Conflicto si ya hay una en marcha.

    En una carpeta del servicio de solo lectura no hay turno que tomar: se publica igual.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  (arranque en frío)

    lugar = carpeta_privada(raiz)
    cerrojo = FileLock(lugar / "publicar.turno", timeout=0)
    try:
        lugar.mkdir(parents=True, exist_ok=True)
        cerrojo.acquire()
    except Timeout:
        raise Conflicto(
            "ya hay una publicación en marcha",
            lugar=str(raiz),
            hacer="espere a que termine y repita la orden",
        ) from None
    except OSError:  # no se puede escribir ahí: tampoco puede haber otra publicación que lo tenga
        pass
    try:
        yield
    finally:
        cerrojo.release()
