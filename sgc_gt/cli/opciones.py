"""Opciones que varias órdenes comparten, y cómo se vuelven una petición."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sgc_gt.dominio.fechas import imprimir_fecha, leer_fecha
from sgc_gt.dominio.ficha import Observacion
from sgc_gt.dominio.plazos import MAXIMO
from sgc_gt.dominio.solicitudes import SOLICITUD
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.errores import NoEncontrado, NoSePudoEscribir, UsoIncorrecto, causa_de
from sgc_gt.ordenes.pedido import Adjunto, Peticion

if TYPE_CHECKING:
    from sgc_gt.contexto import Contexto, Vista

F = TypeVar("F", bound=Callable[..., Any])
ARCHIVO = click.Path(path_type=Path)

fecha = click.option(
    "--fecha", metavar="D", help="Fecha en que ocurrió (AAAA-MM-DD o DD-MM-AAAA); hoy si no se dice."
)
sabido_al = click.option(
    "--sabido-al",
    metavar="D",
    help="Según lo que estaba anotado al terminar ese día.",
)
motivo = click.option("--motivo", metavar="M", help="Por qué.")
adjunto = click.option(
    "--adjunto", multiple=True, type=ARCHIVO, metavar="F", help="Archivo que lo respalda; se puede repetir."
)
oficio = click.option("--oficio", metavar="N", help="Número del oficio.")
fecha_oficio = click.option("--fecha-oficio", metavar="D", help="Fecha del oficio o de la resolución.")
plazo_habiles = click.option(
    "--plazo-habiles",
    type=click.IntRange(1, MAXIMO),
    metavar="N",
    help="Días hábiles que el oficio da para responder, desde el siguiente al recibo.",
)
recibido = click.option("--recibido", metavar="D", help="Día en que llegó; la fecha, si no se dice.")
responde = click.option("--responde", metavar="N", help="Oficio al que contesta.")
resolucion = click.option("--resolucion", metavar="N", help="Número de la resolución que aprueba.")
texto = click.option("--texto", multiple=True, metavar="T", help="Una observación; se puede repetir.")
seccion = click.option(
    "--seccion", multiple=True, metavar="S", help="Sección de cada observación, en el mismo orden."
)
archivo_comentado = click.option(
    "--archivo", type=ARCHIVO, metavar="F.docx", help="El Word que el revisor comentó o corrigió."
)
respuesta = click.option(
    "--respuesta",
    multiple=True,
    metavar='"N: T"',
    help="Respuesta a la observación N («13.2: se agregó el plazo»); se puede repetir.",
)
propuesta = click.option(
    "--propuesta",
    metavar="RG",
    default="",
    help="La propuesta de modificación que la abre: se pide en el mismo año de un Plan o Programa visado.",
)
sin_propuesta = click.option(
    "--sin-propuesta", metavar="RAZÓN", default="", help="Por qué no hace falta una propuesta."
)
solicitud = click.option("--solicitud", metavar="RG", default="", help="La solicitud aceptada que atiende.")
vigente_desde = click.option("--vigente-desde", metavar="D", help="Fecha desde la que rige, si es posterior.")
producto = click.option(
    "--producto",
    multiple=True,
    metavar="P",
    help="Producto del Diagnóstico por el que se hace (etapa 6.2.5); se puede repetir.",
)


def mayusculas(_ctx: click.Context, _opcion: click.Parameter, valor: Any) -> Any:
    """Los códigos van en mayúsculas; quien los escribe en minúsculas quiere decir lo mismo."""
    if isinstance(valor, tuple):
        return tuple(v.strip().upper() for v in valor)
    return valor.strip().upper() if valor else valor


def una_sola(_ctx: click.Context, opcion: click.Parameter, valores: tuple[str, ...]) -> str:
    """La región dicha, o «»; UsoIncorrecto si se dijeron dos: ninguna se descarta en silencio."""
    if len(valores) > 1:
        raise UsoIncorrecto(
            f"se dijo {len(valores)} veces: {', '.join(valores)}",
            lugar=opcion.opts[0],
            esperado="una región",
            hacer="deje una sola, y repita la orden para cada una de las demás",
        )
    return valores[0] if valores else ""


codigos = click.argument("codigos", nargs=-1, required=True, metavar="COD…", callback=mayusculas)
codigo = click.argument("codigo", metavar="COD", callback=mayusculas)


def con(*opciones: Callable[[F], F]) -> Callable[[F], F]:
    """Un decorador que agrega varias opciones, en ese orden."""

    def decorar(funcion: F) -> F:
        for opcion in reversed(opciones):
            funcion = opcion(funcion)
        return funcion

    return decorar


def leer_archivo(ruta: Path) -> Adjunto:
    """El archivo, entero; NoEncontrado si no está o no se puede leer."""
    try:
        return Adjunto(ruta.name, ruta.read_bytes())
    except FileNotFoundError:
        raise NoEncontrado(
            "el archivo no existe", lugar=str(ruta), hacer="revise el nombre y la carpeta"
        ) from None
    except IsADirectoryError:
        raise UsoIncorrecto(
            "es una carpeta, no un archivo", lugar=str(ruta), hacer="agregue el nombre del archivo"
        ) from None
    except OSError as error:
        raise NoSePudoEscribir(
            f"el archivo no se puede leer: {causa_de(error)}",
            lugar=str(ruta),
            hacer="ciérrelo si está abierto en otro programa y repita la orden",
        ) from None


def archivos_de(rutas: Iterable[Path]) -> list[Path]:
    """Los archivos nombrados y, de cada carpeta, sus libros de Excel; NoEncontrado si no tiene ninguno."""
    hallados: list[Path] = []
    for ruta in rutas:
        if not ruta.is_dir():
            hallados.append(ruta)
            continue
        # Lo que empieza así lo deja Excel o LibreOffice mientras alguien lo tiene abierto.
        suyos = [a for a in sorted(ruta.glob("*.xlsx")) if not a.name.startswith(("~$", ".~"))]
        if not suyos:
            raise NoEncontrado(
                "la carpeta no tiene formularios de Excel (.xlsx)",
                lugar=str(ruta),
                hacer="revise la carpeta, o nombre los archivos",
            )
        hallados += suyos
    return hallados


def respuestas(dichas: Iterable[str]) -> dict[str, str]:
    """Las respuestas a observaciones, por su número; UsoIncorrecto si alguna no lo dice."""
    resultado = {}
    for dicha in dichas:
        numero, dos_puntos, texto = dicha.partition(":")
        if not dos_puntos or not re.fullmatch(r"\d+\.\d+", numero.strip(), re.ASCII):
            raise UsoIncorrecto(
                f"«{dicha}» no dice a qué observación responde",
                lugar="--respuesta",
                esperado='el número de la observación y la respuesta: "13.2: se agregó el plazo"',
                hacer="vea los números con: sgc-gt historial COD",
            )
        resultado[numero.strip()] = texto.strip()
    return resultado


def peticion(
    fecha: str | None = None,
    motivo: str | None = None,
    adjunto: Iterable[Path] = (),
    oficio: str | None = None,
    fecha_oficio: str | None = None,
    responde: str | None = None,
    resolucion: str | None = None,
    texto: Iterable[str] = (),
    seccion: Iterable[str] = (),
    vigente_desde: str | None = None,
    respuesta: Iterable[str] = (),
    producto: Iterable[str] = (),
    solicitud: str = "",
) -> Peticion:
    """La petición con las opciones ya leídas."""
    textos, secciones = [*texto], [*seccion]
    dichas = respuestas(respuesta)
    if len(secciones) > len(textos):
        raise UsoIncorrecto(
            f"hay {len(secciones)} secciones y {len(textos)} observaciones",
            lugar="--seccion",
            esperado="una sección por cada --texto, en el mismo orden",
        )
    return Peticion(
        fecha=leer_fecha(fecha, "--fecha") if fecha else None,
        motivo=motivo or "",
        oficio=oficio or "",
        fecha_oficio=leer_fecha(fecha_oficio, "--fecha-oficio") if fecha_oficio else None,
        responde=responde or "",
        resolucion=resolucion or "",
        adjuntos=tuple(leer_archivo(a) for a in adjunto),
        observaciones=tuple(
            Observacion(t, secciones[i] if i < len(secciones) else "") for i, t in enumerate(textos)
        ),
        vigente_desde=leer_fecha(vigente_desde, "--vigente-desde") if vigente_desde else None,
        extra={
            **({"respuestas": dichas} if dichas else {}),
            **({SOLICITUD: solicitud.strip().upper()} if solicitud.strip() else {}),
        },
        productos=tuple(dict.fromkeys(p.strip().upper() for p in producto)),
    )


def segun(tabla: Tabla, sabido_al: str | None) -> Tabla:
    """La tabla, diciendo de qué día es lo que se sabía, si se preguntó por otro día."""
    if not sabido_al:
        return tabla
    dia = imprimir_fecha(leer_fecha(sabido_al, "--sabido-al"))
    return tabla._replace(notas=(*tabla.notas, f"Según lo que estaba anotado al terminar el {dia}."))


def leer_corte(texto: str | None, hoy: date) -> date:
    """La fecha de corte; hoy si no se dice. UsoIncorrecto si no ha llegado.

    Lo que se entrega o se certifica es de lo que ya pasó; qué viene, según lo anotado hoy, lo dice `estado`.
    """
    corte = leer_fecha(texto, "--fecha") if texto else hoy
    if corte > hoy:
        raise UsoIncorrecto(
            f"el {imprimir_fecha(corte)} todavía no llega, y lo que regirá ese día no se puede certificar",
            lugar="--fecha",
            esperado=f"una fecha hasta hoy, {imprimir_fecha(hoy)}",
            hacer=f"para mirar qué viene según lo anotado hoy: sgc-gt estado --fecha {imprimir_fecha(corte)}",
        )
    return corte


def como_se_sabia(
    ctx: Contexto, vista: Vista, sabido_al: str | None, fecha: str | None, *, por_venir: bool = False
) -> tuple[Vista, date]:
    """La vista y la fecha por la que se pregunta. Con `--sabido-al`, lo que constaba al terminar ese día.

    Sin `--fecha` se pregunta por el mismo día de `--sabido-al` o, sin él, por hoy. Solo `por_venir` admite
    una fecha que no ha llegado.
    """
    corte = None
    if fecha:
        corte = leer_fecha(fecha, "--fecha") if por_venir else leer_corte(fecha, ctx.ahora(vista).date())
    if not sabido_al:
        return vista, corte or ctx.ahora(vista).date()
    from sgc_gt.consultas.sabido import vista_al  # noqa: PLC0415  (lee la historia: solo si se pide)

    dia = leer_fecha(sabido_al, "--sabido-al")
    if dia > (hoy := ctx.ahora(vista).date()):
        raise UsoIncorrecto(
            f"lo que se sabrá el {imprimir_fecha(dia)} todavía no está anotado",
            lugar="--sabido-al",
            esperado=f"una fecha hasta hoy, {imprimir_fecha(hoy)}",
            hacer="para mirar qué viene según lo que consta hoy: sgc-gt estado --fecha",
        )
    return vista_al(ctx, dia), corte or dia
