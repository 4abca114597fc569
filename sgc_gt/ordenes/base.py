"""La base de un archivo suelto: sobre qué borrador se trabajó, y si recibirlo desharía lo de otra persona.

El archivo trae en sus propiedades el movimiento de que salió. Si después se entregó otra cosa, se mira el
contenido: quien siguió sobre lo último conserva lo que ahí se agregó; quien partió de antes, no.
"""

from __future__ import annotations

from collections import Counter

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.situacion import Version
from sgc_gt.errores import Conflicto
from sgc_gt.ordenes.borrador import propias_de
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.word.extraer import forma_normal


def exigir_base(vista: Vista, entregado: Adjunto, ficha: Ficha, v: Version, correo: str) -> None:
    """Conflicto si el archivo partió de un borrador anterior y no trae lo que se entregó después."""
    base = propias_de(entregado).get("base", "")
    desde = int(base) if base.isascii() and base.isdigit() else len(ficha.actos)
    posteriores = [
        m for m in ficha.actos[desde:] if m.version == v.version and m.acto in ("entregar", "generar")
    ]
    if not posteriores:
        return
    anterior = _borrador_en(vista, ficha, desde)
    actual = vista.leer(rutas.ruta_borrador(ficha, v.archivo))
    if anterior is None or actual is None:
        return
    agregado = _textos(forma_normal(actual)) - _textos(forma_normal(anterior))
    perdido = agregado - _textos(forma_normal(entregado.contenido))
    # La misma persona puede reescribir lo que agregó; deshacerlo entero es señal de una copia antigua.
    ajeno = any(m.correo != correo for m in posteriores)
    if perdido and (ajeno or perdido == agregado):
        raise _vencida(entregado, posteriores[-1], perdido)


def _vencida(entregado: Adjunto, ultima: Movimiento, perdido: Counter[str]) -> Conflicto:
    muestra = next(iter(perdido))
    return Conflicto(
        f"esta copia es anterior a lo que {ultima.correo} entregó (movimiento {ultima.n}) y lo desharía: "
        f"no trae «{muestra[:60]}{'…' if len(muestra) > 60 else ''}»",
        lugar=entregado.nombre,
        hacer="lleve sus cambios al borrador de la carpeta y entregue ese; esta copia queda como está",
    )


def _textos(forma: FormaNormal) -> Counter[str]:
    """Los textos del cuerpo con las veces que aparecen; una celda de tabla cuenta como texto propio."""
    textos: Counter[str] = Counter()
    for bloque in forma.bloques:
        textos.update(c for fila in bloque.textos_filas() for c in fila if c.strip())
        if bloque.texto.strip():
            textos[bloque.texto] += 1
    return textos


def _borrador_en(vista: Vista, ficha: Ficha, n: int) -> bytes | None:
    """El borrador como lo dejó el movimiento `n`; None si ese movimiento no lo escribió."""
    if not 1 <= n <= len(ficha.actos) or not ficha.actos[n - 1].archivo:
        return None
    commit = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))][n - 1]
    return vista.repo.leer(rutas.ruta_borrador(ficha, ficha.actos[n - 1].archivo), commit)
