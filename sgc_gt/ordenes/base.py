"""La base de un archivo suelto: sobre qué se escribió, y si recibirlo desharía lo de otra persona.

El archivo trae en sus propiedades el movimiento de que salió. Si después se entregó otra cosa, se mira el
contenido: quien siguió sobre lo último conserva lo que ahí se agregó; quien partió de antes, no. Lo que no se
puede probar no se recibe: los dos lados quedan, y el rechazo dice dónde (docs/decisiones/0009).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sgc_gt.comparacion.textos import textos
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.reglamento import CARPETA
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import cita
from sgc_gt.errores import Conflicto, EntradaInvalida
from sgc_gt.ordenes.borrador import propias_de
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.word.extraer import forma_normal

ABREN = ("crear", "nueva-version", "importar")
ESCRIBEN = ("entregar", "generar")


SIN_PRUEBA = (
    "El archivo no dice de qué borrador salió: se recibe porque no deshace nada entregado; el anterior queda "
    "en el historial."
)


class Partida(NamedTuple):
    """De dónde salió un archivo: el movimiento, el documento de entonces y si el archivo lo prueba."""

    n: int
    contenido: bytes | None
    probada: bool = True


class Choque(NamedTuple):
    """Lo que recibir un archivo le haría a lo entregado después de su base."""

    agregado: Counter[str]  # textos que se entregaron después de la base y siguen en el borrador
    perdido: Counter[str]  # los de esos que el archivo no trae
    repuesto: Counter[str]  # los que se habían suprimido y el archivo vuelve a traer

    @property
    def nada(self) -> bool:
        return not self.perdido and not self.repuesto

    @property
    def siguio(self) -> bool:
        """Si el archivo se escribió sobre lo último: trae la mitad o más de lo agregado y no repone nada."""
        return 2 * self.perdido.total() <= self.agregado.total() and not self.repuesto

    @property
    def entero(self) -> bool:
        """Si desharía todo lo entregado: señal de una copia antigua aunque sea de la misma persona."""
        return self.perdido == self.agregado if self.agregado else bool(self.repuesto)


def exigir_base(
    vista: Vista, archivo: Adjunto, ficha: Ficha, v: Version, p: Pedido, rige: Version | None = None
) -> list[str]:
    """Conflicto si recibir el archivo desharía lo entregado después de su base; si no, lo que se advierte.

    `rige` es la versión vigente cuando el archivo es una copia de ella.
    """
    partida = _partida(vista, archivo, ficha, v, rige)
    desde = max(partida.n, _misma_carpeta(ficha, v, p))
    if desde > partida.n:  # la carpeta conectada ya trajo este archivo: siguió sobre lo que ella misma dejó
        partida = Partida(desde, _borrador_en(vista, ficha, desde))
    posteriores = [m for m in ficha.actos[partida.n :] if m.version == v.version and m.acto in ESCRIBEN]
    actual = vista.leer(rutas.ruta_borrador(ficha, v.archivo)) if v.archivo else None
    if not partida.probada and actual is not None:
        _exigir_parecido(archivo, actual, rutas.ruta_borrador(ficha, v.archivo))
    if not posteriores or actual is None or partida.contenido is None:
        return [] if partida.probada else [SIN_PRUEBA]
    choque = _choque(partida.contenido, actual, archivo.contenido)
    if choque.nada:
        return [] if partida.probada else [SIN_PRUEBA]
    ajeno = not partida.probada or any(m.correo != p.correo for m in posteriores)
    if ajeno and partida.probada and choque.siguio:
        return [f"Ya no está {_citado(choque.perdido)}, que {posteriores[-1].correo} había entregado."]
    if ajeno or choque.entero:
        raise _vencida(archivo, rutas.ruta_borrador(ficha, v.archivo), posteriores[-1], choque, partida)
    return []


def _exigir_parecido(archivo: Adjunto, actual: bytes, ruta: str) -> None:
    """Un archivo sin identidad y sin un párrafo ni un título en común con el borrador es otro documento."""
    if not textos(forma_normal(actual).bloques) & textos(forma_normal(archivo.contenido).bloques):
        raise EntradaInvalida(
            "el archivo no dice de qué documento es, y nada de lo que trae está en el borrador",
            lugar=archivo.nombre,
            esperado=f"una copia del borrador: {ruta}",
            hacer="revise que sea el archivo correcto; si lo es, póngalo en lugar del borrador y entréguelo",
        )


def apertura(ficha: Ficha, v: Version) -> int:
    """El número del movimiento que abrió esa versión (la última vez, si antes se descartó otra igual)."""
    return max(m.n for m in ficha.actos if m.version == v.version and m.acto in ABREN)


def _partida(vista: Vista, archivo: Adjunto, ficha: Ficha, v: Version, rige: Version | None) -> Partida:
    abre = apertura(ficha, v)
    if rige:
        return Partida(abre, vista.leer(f"{rutas.carpeta(ficha)}/{rige.archivo}"))
    dicha = propias_de(archivo).get("base", "")
    if not (dicha.isascii() and dicha.isdigit()):
        return Partida(abre, _borrador_en(vista, ficha, abre), probada=False)
    n = int(dicha)
    if n < abre:
        raise Conflicto(
            f"esta copia es de un borrador anterior de la versión {v.version}, que se descartó",
            lugar=archivo.nombre,
            hacer=f"lleve sus cambios al borrador de ahora ({rutas.ruta_borrador(ficha, v.archivo)}) y "
            "entréguelo; esta copia queda como está",
        )
    if n > len(ficha.actos):
        return Partida(abre, _borrador_en(vista, ficha, abre), probada=False)
    return Partida(n, _borrador_en(vista, ficha, n))


def _misma_carpeta(ficha: Ficha, v: Version, p: Pedido) -> int:
    """El último movimiento que esta misma carpeta conectada trajo de esta versión; 0 si ninguno."""
    carpeta = p.extra.get(CARPETA)
    return max(
        (m.n for m in ficha.actos if carpeta and m.version == v.version and m.extra.get(CARPETA) == carpeta),
        default=0,
    )


def _choque(anterior: bytes, actual: bytes, recibido: bytes) -> Choque:
    antes, ahora, llega = (textos(forma_normal(docx).bloques) for docx in (anterior, actual, recibido))
    agregado, suprimido = ahora - antes, antes - ahora
    return Choque(agregado, agregado - llega, suprimido & (llega - ahora))


def _citado(perdidos: Counter[str]) -> str:
    """El texto que mejor se reconoce de los que faltan: el más largo."""
    return cita(max(perdidos, key=len))


def _vencida(archivo: Adjunto, ruta: str, ultima: Movimiento, choque: Choque, partida: Partida) -> Conflicto:
    if choque.perdido:
        que = f"no trae {_citado(choque.perdido)}"
    else:
        que = f"vuelve a traer {_citado(choque.repuesto)}, que ahí se suprimió"
    origen = (
        "esta copia es anterior a lo que"
        if partida.probada
        else "este archivo no dice de qué borrador salió, y recibirlo desharía lo que"
    )
    fin = " y lo desharía" if partida.probada else ""
    return Conflicto(
        f"{origen} {ultima.correo} entregó (movimiento {ultima.n}){fin}: {que}",
        lugar=archivo.nombre,
        esperado=f"una copia hecha sobre el borrador de la carpeta: {ruta}",
        hacer="lleve sus cambios a ese borrador y entréguelo; nada se perdió: esta copia queda como está",
    )


def _borrador_en(vista: Vista, ficha: Ficha, n: int) -> bytes | None:
    """El borrador como lo dejó el movimiento `n`; si ese no lo escribió, el último anterior que sí."""
    escritos = [m for m in ficha.actos[:n] if m.archivo and m.acto in (*ABREN, *ESCRIBEN, "enviar")]
    if not escritos:
        return None
    m = escritos[-1]
    commit = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))][m.n - 1]
    return vista.repo.leer(rutas.ruta_borrador(ficha, m.archivo), commit)
