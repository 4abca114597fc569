"""`copia`: descargar el archivo de una versión, con su marca."""

from __future__ import annotations

from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.copia import Copia, Pedido
from sgc_gt.consultas.copia import copia as pedir
from sgc_gt.consultas.distribucion import anotada_para
from sgc_gt.dominio.distribucion import NUMERO_MAXIMO
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.marcas import MAXIMO_DESTINO, Entrega
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.salida import dejar


@orden()
@o.con(o.codigo)
@click.option(
    "--version",
    "version",
    default="vigente",
    metavar="V",
    help="03, 03-b2 (envío 2), vigente o borrador.",
)
@click.option("--fecha", metavar="D", help="La que regía en esa fecha.")
@o.con(o.sabido_al)
@click.option("--pdf", is_flag=True, help="En PDF (necesita LibreOffice).")
@click.option("--firmado", is_flag=True, help="El PDF firmado con que se aprobó, en vez del documento.")
@click.option("--no-controlada", is_flag=True, help="Con la marca COPIA NO CONTROLADA en cada página.")
@click.option(
    "--controlada",
    type=click.IntRange(1, NUMERO_MAXIMO),
    metavar="N",
    help="Copia controlada número N, solo de una vigente: la que anotó distribuir, que dice para quién es. "
    "Sin anotar, necesita --para.",
)
@click.option("--para", default="", metavar="DESTINO", help="A quién se entrega la copia controlada.")
@click.option("-o", "salida", type=o.ARCHIVO, metavar="F", help="Archivo o carpeta de destino.")
@con_sesion
def copia(
    sesion: Sesion,
    codigo: str,
    version: str,
    fecha: str | None,
    sabido_al: str | None,
    pdf: bool,
    firmado: bool,
    no_controlada: bool,
    controlada: int | None,
    para: str,
    salida: Path | None,
) -> None:
    """Descarga una copia, marcada por lo que es: borrador, obsoleto, no controlada, controlada o vigente.

    Ejemplo: sgc-gt copia PR-GT-01 --version 02 --pdf
    """
    ctx = sesion.consulta
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    anotada = anotada_para(vista, codigo, controlada) if controlada and not no_controlada else ""
    entrega = _entrega(controlada, para or anotada, no_controlada=no_controlada)
    sabida, corte = o.como_se_sabia(ctx, vista, sabido_al, fecha)
    pedido = Pedido(pdf, firmado, entrega, sabida if sabido_al else None)
    hecha = pedir(vista, codigo, _version(version), (corte, hoy), pedido)
    destino = _destino(salida, hecha)
    [archivo] = dejar(ctx.raiz, {destino: hecha.contenido})
    version_de = f" versión {hecha.version}" if hecha.version else ""
    sesion.responder(
        {
            "archivo": str(archivo),
            "version": hecha.version,
            "estado": hecha.estado,
            "marca": hecha.marca,
            "avisos": list(hecha.avisos),
        },
        f"{codigo}{version_de} ({ESTADOS[hecha.estado]}): {archivo}"
        + (f"\nEn cada página: {hecha.marca}" if hecha.marca and not hecha.exige_nombre else ""),
    )
    sesion.advertir(hecha.avisos)
    if entrega.numero and not anotada:
        sesion.avisar(
            f"Aviso: la copia N° {entrega.numero} no está en la lista de distribución; anótela con: "
            f"sgc-gt distribuir {codigo} --a CARGO --copia papel --numero {entrega.numero}."
        )


def _version(texto: str) -> str:
    """La versión pedida; «Vigente» y «BORRADOR» también se entienden."""
    dicha = texto.strip()
    return dicha.lower() if dicha.lower() in ("vigente", "borrador") else dicha


def _entrega(numero: int | None, para: str, *, no_controlada: bool) -> Entrega:
    """Cómo se entrega la copia; UsoIncorrecto si lo pedido no se entiende."""
    para = " ".join(para.split())
    if no_controlada and numero:
        raise UsoIncorrecto(
            "una copia es controlada o no controlada, no las dos cosas",
            esperado="--controlada N --para DESTINO, o --no-controlada",
        )
    if bool(numero) != bool(para):
        raise UsoIncorrecto(
            "a la copia controlada le falta a quién se entrega"
            if numero
            else "decir a quién se entrega es de una copia controlada, y le falta el número",
            esperado="--controlada N --para DESTINO",
            hacer='por ejemplo: --controlada 3 --para "Dirección Regional de Aysén"; o anótela antes con '
            "sgc-gt distribuir, y no hará falta decirlo",
        )
    if len(para) > MAXIMO_DESTINO:
        raise UsoIncorrecto(
            f"el destino tiene {len(para)} letras y no cabe al pie de la página",
            lugar="--para",
            esperado=f"hasta {MAXIMO_DESTINO} letras",
        )
    return Entrega(no_controlada, numero or 0, para)


def _destino(salida: Path | None, hecha: Copia) -> Path:
    """Dónde queda: con el nombre de la copia en una carpeta, o con el que la persona escribió."""
    extension = Path(hecha.nombre).suffix
    if salida is None or salida.is_dir() or not salida.suffix:
        return (salida or Path.cwd()) / hecha.nombre
    if salida.suffix.lower() != extension:
        raise UsoIncorrecto(
            f"la copia es un archivo «{extension}» y el destino termina en «{salida.suffix}»",
            lugar=str(salida),
            hacer=f"escriba el destino terminado en {extension}, o solo la carpeta"
            + ("; para recibirla en PDF, agregue --pdf" if salida.suffix.lower() == ".pdf" else ""),
        )
    if hecha.exige_nombre and hecha.exige_nombre not in salida.stem:
        return salida.with_name(f"{salida.stem}_{hecha.exige_nombre}{salida.suffix}")
    return salida
