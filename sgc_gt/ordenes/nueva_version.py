"""`nueva-version`: el borrador de la versión siguiente, con el texto de la que rige."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importado import CONVERTIDA, conserva_formato
from sgc_gt.dominio.periodos import anio_que_cubre, aviso_de_pasado, leer_periodo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Conflicto, UsoIncorrecto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.importar_formatos import con_zonas
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido
from sgc_gt.ordenes.productos import con_productos
from sgc_gt.ordenes.propuesta import con_archivo, version_de
from sgc_gt.ordenes.reglas import fuente, sale_de_reglas


def nueva_version(
    ctx: Contexto,
    codigo: str,
    peticion: Peticion,
    *,
    menor: bool,
    convertir: bool = False,
    periodo: str = "",
) -> Resultado:
    """Abre el borrador de la versión siguiente, con el texto de la que rige (ediciones de Word incluidas).

    `convertir` pasa un documento importado a la plantilla del servicio; de ahí en adelante la usa.
    `periodo`: el año de la versión, si no es el de la que rige.
    """
    anio = leer_periodo(periodo)
    avisos: list[str] = []

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        extra: dict[str, Any] = {**peticion.extra, **({"menor": True} if menor else {})}
        de_reglas = fuente(vista.servicio) if sale_de_reglas(ficha) else None
        extra |= de_reglas.extra if de_reglas else {}
        if convertir:
            _exigir_convertible(vista, ficha, menor=menor)
            extra[CONVERTIDA] = True
        pide = con_productos(vista, peticion._replace(extra=extra), peticion.fecha or ahora.date())
        p, evidencia = pedido(ctx, "nueva-version", codigo, ficha, pide, ahora)
        if anio:
            p = p._replace(identidad={"anio": anio})
        rige = situacion(ficha, ahora.date()).vigente
        avisos[:] = _del_anio(ficha, rige, anio, ahora.year)

        def armar(despues: Ficha, version: str) -> Borrador:
            if rige is None:
                raise ValueError(f"{codigo} no tiene versión vigente")
            if de_reglas:
                return taller.generar(vista, despues, version, de_reglas.datos)
            carpeta = rutas.carpeta(ficha)
            contenido = vista.leer(f"{carpeta}/{rige.archivo}") or b""
            datos = vista.leer(f"{carpeta}/{rutas.datos_de(rige.archivo)}")
            archivo = rutas.nombre_archivo(ficha.codigo, version, "." + rige.archivo.rpartition(".")[2])
            _exigir_libre(ctx, f"{carpeta}/borrador/{archivo}")
            if convertir:
                return _convertido(vista, despues, version, contenido)
            if archivo.endswith(".docx"):
                if conserva_formato(ficha):
                    contenido = con_zonas(vista.servicio, ficha, contenido)
                contenido = taller.sellado(vista, despues, version, contenido)
            return taller.armar(contenido, datos, version_de(despues, version), archivo)

        return [con_archivo(vista, ficha, p, evidencia, armar)]

    resultado = registrar(ctx, preparar)[0]
    return resultado._replace(avisos=(*resultado.avisos, *avisos))


def _exigir_convertible(vista: Vista, ficha: Ficha, *, menor: bool) -> None:
    """Se convierte lo que conserva su formato y es de un tipo con plantilla, en una versión completa."""
    if menor:
        raise UsoIncorrecto(
            "pasar a la plantilla no es un cambio menor: el documento se revisa entero",
            lugar=ficha.codigo,
            hacer="repita la orden sin --menor",
        )
    rige = situacion(ficha).vigente
    de_word = rige is not None and rige.archivo.endswith(".docx")
    if not (conserva_formato(ficha) and de_word and vista.servicio.tipos[ficha.tipo].con_plantilla):
        raise UsoIncorrecto(
            "no hay formato ajeno que pasar a la plantilla del servicio",
            lugar=ficha.codigo,
            esperado="un documento Word importado, de un tipo con plantilla, que conserve su formato",
            hacer="repita la orden sin --convertir",
        )


def _convertido(vista: Vista, despues: Ficha, version: str, contenido: bytes) -> Borrador:
    # Aquí, y no arriba: docxcompose y lo que trae no lo paga quien no convierte.
    from sgc_gt.word.conversion import convertir  # noqa: PLC0415

    marco = taller.generar(vista, despues, version, SIN_DATOS)
    unido = convertir(marco.contenido, contenido, marco.archivo)
    sellado = taller.sellado(vista, despues, version, unido)
    return taller.armar(sellado, SIN_DATOS, version_de(despues, version), marco.archivo)


SIN_DATOS = b"{}\n"


def _del_anio(ficha: Ficha, rige: Version | None, periodo: str, ahora: int) -> list[str]:
    """Lo que conviene avisar del año pedido; UsoIncorrecto si es anterior al de la versión que rige.

    Se mira al pedirla y no en la historia: lo que se abrió antes así sigue siendo lo que fue.
    """
    if not periodo or rige is None:
        return []
    cubre = anio_que_cubre(ficha, rige)
    if periodo[:4] < cubre:
        raise UsoIncorrecto(
            f"la versión {rige.version}, que rige, es de {cubre}: la siguiente no puede ser de {periodo}",
            lugar="--periodo",
            esperado=f"{cubre}, o un año posterior",
            hacer="diga el año de la versión nueva, o quite --periodo si es del mismo",
        )
    return aviso_de_pasado(periodo, ahora, cubre)


def _exigir_libre(ctx: Contexto, ruta: str) -> None:
    """Un archivo que quedó con ese nombre se confundiría con el borrador nuevo."""
    if (ctx.raiz / ruta).exists():
        raise Conflicto(
            "ya hay un archivo con el nombre del borrador nuevo, y ningún movimiento lo puso ahí",
            lugar=ruta,
            hacer="guárdelo en otra carpeta y repita la orden",
        )
